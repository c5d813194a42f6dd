using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Pds.Infrastructure.Persistence.Sqlite.Migrations;

/// <summary>Signing keys that are made ahead of their use.</summary>
[DbContext(typeof(SqlitePdsDbContext))]
[Migration("0006_reserved_keys")]
internal sealed class M0006ReservedKeys : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE account_reserved_key (
            public_key TEXT NOT NULL PRIMARY KEY,
            did TEXT NULL,
            sealed_key BLOB NOT NULL,
            reserved_at INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE UNIQUE INDEX ix_account_reserved_key_did ON account_reserved_key (did);
        """);
}
