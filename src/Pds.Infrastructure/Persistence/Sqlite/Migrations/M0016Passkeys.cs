using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Pds.Infrastructure.Persistence.Sqlite.Migrations;

/// <summary>Passkeys. A browser that has one says whose it is by <c>owner_id</c>.</summary>
[DbContext(typeof(SqlitePdsDbContext))]
[Migration("0016_passkeys")]
internal sealed class M0016Passkeys : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE account_passkey (
            id BLOB NOT NULL PRIMARY KEY,
            did TEXT NOT NULL,
            owner_id TEXT NOT NULL,
            public_key BLOB NOT NULL,
            name TEXT NOT NULL,
            transports TEXT NOT NULL,
            is_backup_eligible INTEGER NOT NULL,
            is_backed_up INTEGER NOT NULL,
            sign_count INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            used_at INTEGER NULL
        ) WITHOUT ROWID;
        CREATE INDEX ix_account_passkey_did ON account_passkey (did);
        CREATE INDEX ix_account_passkey_owner_id ON account_passkey (owner_id);
        """);
}
