using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Pds.Infrastructure.Persistence.Sqlite.Migrations;

/// <summary>What administrators and moderators have done.</summary>
[DbContext(typeof(SqlitePdsDbContext))]
[Migration("0005_audit")]
internal sealed class M0005Audit : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE audit_entry (
            id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            at INTEGER NOT NULL,
            actor TEXT NOT NULL,
            method TEXT NOT NULL,
            subject TEXT NOT NULL,
            detail TEXT NULL
        );
        CREATE INDEX ix_audit_entry_subject ON audit_entry (subject);
        """);
}
