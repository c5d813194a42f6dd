using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Pds.Infrastructure.Persistence.Sqlite.Migrations;

/// <summary>Names that are did:web identities whose accounts have left. No <c>did</c> column: a deleted account's row stays.</summary>
[DbContext(typeof(SqlitePdsDbContext))]
[Migration("0009_departed_names")]
internal sealed class M0009DepartedNames : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE departed_name (
            name TEXT NOT NULL PRIMARY KEY,
            pds TEXT NULL,
            signing_key TEXT NULL,
            handle TEXT NULL
        ) WITHOUT ROWID;
        """);
}
