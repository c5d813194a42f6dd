using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Pds.Infrastructure.Persistence.Sqlite.Migrations;

/// <summary>Authorization requests that are under way, the sessions that come of them, and what users consented to.</summary>
[DbContext(typeof(SqlitePdsDbContext))]
[Migration("0014_oauth")]
internal sealed class M0014OAuth : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE account_oauth_request (
            id TEXT NOT NULL PRIMARY KEY,
            client TEXT NOT NULL,
            parameters TEXT NOT NULL,
            client_key_id TEXT NULL,
            client_key_algorithm TEXT NULL,
            client_key_thumbprint TEXT NULL,
            pushed_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            device_id TEXT NULL,
            did TEXT NULL,
            code_hash BLOB NULL
        ) WITHOUT ROWID;
        CREATE UNIQUE INDEX ix_account_oauth_request_code_hash ON account_oauth_request (code_hash) WHERE code_hash IS NOT NULL;
        CREATE INDEX ix_account_oauth_request_expires_at ON account_oauth_request (expires_at);
        CREATE INDEX ix_account_oauth_request_did ON account_oauth_request (did) WHERE did IS NOT NULL;

        CREATE TABLE account_oauth_session (
            id TEXT NOT NULL PRIMARY KEY,
            did TEXT NOT NULL,
            client TEXT NOT NULL,
            client_key_id TEXT NULL,
            client_key_algorithm TEXT NULL,
            client_key_thumbprint TEXT NULL,
            device_id TEXT NOT NULL,
            key_thumbprint TEXT NOT NULL,
            requested TEXT NOT NULL,
            scope TEXT NOT NULL,
            code_hash BLOB NOT NULL,
            created_at INTEGER NOT NULL,
            refreshed_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            refresh_hash BLOB NULL,
            previous_hash BLOB NULL
        ) WITHOUT ROWID;
        CREATE UNIQUE INDEX ix_account_oauth_session_code_hash ON account_oauth_session (code_hash);
        CREATE INDEX ix_account_oauth_session_did ON account_oauth_session (did);
        CREATE INDEX ix_account_oauth_session_expires_at ON account_oauth_session (expires_at);

        CREATE TABLE account_oauth_consent (
            did TEXT NOT NULL,
            client TEXT NOT NULL,
            scope TEXT NOT NULL,
            PRIMARY KEY (did, client)
        ) WITHOUT ROWID;
        """);
}
