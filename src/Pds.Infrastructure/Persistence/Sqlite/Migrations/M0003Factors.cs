using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Pds.Infrastructure.Persistence.Sqlite.Migrations;

/// <summary>App passwords and second factors. A session knows its app password by id: no session could begin with one before.</summary>
[DbContext(typeof(SqlitePdsDbContext))]
[Migration("0003_factors")]
internal sealed class M0003Factors : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE account_session RENAME COLUMN app_password_name TO app_password_id;

        CREATE TABLE account_app_password (
            id TEXT NOT NULL PRIMARY KEY,
            did TEXT NOT NULL,
            name TEXT NOT NULL,
            hash BLOB NOT NULL,
            privileged INTEGER NOT NULL,
            created_at INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE UNIQUE INDEX ix_account_app_password_name ON account_app_password (did, name);

        CREATE TABLE account_totp (
            did TEXT NOT NULL PRIMARY KEY,
            sealed_secret BLOB NOT NULL,
            confirmed_at INTEGER NULL,
            last_step INTEGER NOT NULL
        ) WITHOUT ROWID;

        CREATE TABLE account_backup_code (
            did TEXT NOT NULL,
            hash BLOB NOT NULL,
            PRIMARY KEY (did, hash)
        ) WITHOUT ROWID;

        CREATE TABLE account_wrong_codes (
            did TEXT NOT NULL PRIMARY KEY,
            count INTEGER NOT NULL,
            last_at INTEGER NOT NULL
        ) WITHOUT ROWID;
        """);
}
