using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Pds.Infrastructure.Persistence.Sqlite.Migrations;

/// <summary>Codes that are sent by mail, mail as a second factor, and the end of all sessions at once.</summary>
[DbContext(typeof(SqlitePdsDbContext))]
[Migration("0002_email_tokens")]
internal sealed class M0002EmailTokens : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE account ADD COLUMN email_auth_factor INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE account ADD COLUMN sessions_valid_from INTEGER NULL;

        CREATE TABLE account_email_token (
            did TEXT NOT NULL,
            purpose TEXT NOT NULL,
            hash BLOB NOT NULL,
            requested_at INTEGER NOT NULL,
            PRIMARY KEY (did, purpose)
        ) WITHOUT ROWID;
        CREATE INDEX ix_account_email_token_hash ON account_email_token (hash);
        """);
}
