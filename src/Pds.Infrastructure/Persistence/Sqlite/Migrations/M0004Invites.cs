using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Pds.Infrastructure.Persistence.Sqlite.Migrations;

/// <summary>Finding invite codes by their age and by who used them, and why an account may or may not earn any.</summary>
[DbContext(typeof(SqlitePdsDbContext))]
[Migration("0004_invites")]
internal sealed class M0004Invites : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE account ADD COLUMN invite_note TEXT NULL;

        CREATE INDEX ix_invite_code_created_at ON invite_code (created_at, code);
        CREATE INDEX ix_invite_code_use_used_by ON invite_code_use (used_by);
        """);
}
