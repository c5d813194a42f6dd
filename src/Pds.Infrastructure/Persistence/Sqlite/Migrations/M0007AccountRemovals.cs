using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Pds.Infrastructure.Persistence.Sqlite.Migrations;

/// <summary>Accounts whose data are being removed, and the dates at which deactivated ones are to be.</summary>
[DbContext(typeof(SqlitePdsDbContext))]
[Migration("0007_account_removals")]
internal sealed class M0007AccountRemovals : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE INDEX ix_account_delete_after ON account (delete_after) WHERE delete_after IS NOT NULL;

        CREATE TABLE repo_removal (
            did TEXT NOT NULL PRIMARY KEY,
            repo_id INTEGER NULL,
            last_seq INTEGER NOT NULL
        ) WITHOUT ROWID;
        """);
}
