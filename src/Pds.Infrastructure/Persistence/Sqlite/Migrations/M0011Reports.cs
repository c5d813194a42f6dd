using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Pds.Infrastructure.Persistence.Sqlite.Migrations;

/// <summary>Reports that are kept for the operator.</summary>
[DbContext(typeof(SqlitePdsDbContext))]
[Migration("0011_reports")]
internal sealed class M0011Reports : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE report (
            id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            created_at INTEGER NOT NULL,
            reason_type TEXT NOT NULL,
            reason TEXT NULL,
            subject TEXT NOT NULL,
            subject_cid BLOB NULL,
            reported_by TEXT NULL,
            tool TEXT NULL,
            closed_at INTEGER NULL,
            note TEXT NULL
        );
        CREATE INDEX ix_report_subject ON report (subject);
        CREATE INDEX ix_report_reported_by ON report (reported_by);
        CREATE INDEX ix_report_open ON report (id) WHERE closed_at IS NULL;
        """);
}
