using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Pds.Infrastructure.Persistence.Sqlite.Migrations;

/// <summary>What accounts like to have so in their apps.</summary>
[DbContext(typeof(SqlitePdsDbContext))]
[Migration("0012_preferences")]
internal sealed class M0012Preferences : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE account_preference (
            did TEXT NOT NULL,
            position INTEGER NOT NULL,
            type TEXT NOT NULL,
            json TEXT NOT NULL,
            PRIMARY KEY (did, position)
        ) WITHOUT ROWID;
        """);
}
