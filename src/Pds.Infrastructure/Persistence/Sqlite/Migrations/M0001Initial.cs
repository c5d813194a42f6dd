using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Pds.Infrastructure.Persistence.Sqlite.Migrations;

/// <summary>The tables of the first release. Written by hand: EF's tools cannot say WITHOUT ROWID, and a schema is worth reading.</summary>
[DbContext(typeof(SqlitePdsDbContext))]
[Migration("0001_initial")]
internal sealed class M0001Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE account (
            did TEXT NOT NULL PRIMARY KEY,
            handle TEXT NULL,
            email TEXT NULL,
            email_key TEXT NULL,
            email_confirmed_at INTEGER NULL,
            password_hash TEXT NULL,
            created_at INTEGER NOT NULL,
            deactivated_at INTEGER NULL,
            delete_after INTEGER NULL,
            takedown_ref TEXT NULL,
            invites_disabled INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE UNIQUE INDEX ix_account_handle ON account (handle);
        CREATE UNIQUE INDEX ix_account_email_key ON account (email_key);
        CREATE INDEX ix_account_created_at ON account (created_at, did);

        CREATE TABLE account_key (
            did TEXT NOT NULL PRIMARY KEY,
            curve TEXT NOT NULL,
            sealed_key BLOB NOT NULL
        ) WITHOUT ROWID;

        CREATE TABLE account_session (
            id TEXT NOT NULL PRIMARY KEY,
            did TEXT NOT NULL,
            expires_at INTEGER NOT NULL,
            next_id TEXT NULL,
            app_password_name TEXT NULL
        ) WITHOUT ROWID;
        CREATE INDEX ix_account_session_did ON account_session (did);

        CREATE TABLE invite_code (
            code TEXT NOT NULL PRIMARY KEY,
            available_uses INTEGER NOT NULL,
            disabled INTEGER NOT NULL,
            for_account TEXT NOT NULL,
            created_by TEXT NOT NULL,
            created_at INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX ix_invite_code_for_account ON invite_code (for_account);

        CREATE TABLE invite_code_use (
            code TEXT NOT NULL,
            used_by TEXT NOT NULL,
            used_at INTEGER NOT NULL,
            PRIMARY KEY (code, used_by)
        ) WITHOUT ROWID;

        CREATE TABLE repo (
            id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            did TEXT NOT NULL,
            "commit" BLOB NOT NULL,
            rev INTEGER NOT NULL,
            data BLOB NOT NULL,
            commit_block BLOB NOT NULL
        );
        CREATE UNIQUE INDEX ix_repo_did ON repo (did);

        CREATE TABLE repo_node (
            repo_id INTEGER NOT NULL,
            cid BLOB NOT NULL,
            rev INTEGER NOT NULL,
            content BLOB NOT NULL,
            PRIMARY KEY (repo_id, cid)
        ) WITHOUT ROWID;
        CREATE INDEX ix_repo_node_rev ON repo_node (repo_id, rev);

        CREATE TABLE repo_record (
            id INTEGER NOT NULL PRIMARY KEY,
            repo_id INTEGER NOT NULL,
            path TEXT NOT NULL,
            cid BLOB NOT NULL,
            rev INTEGER NOT NULL,
            content BLOB NOT NULL,
            subject TEXT NULL,
            takedown_ref TEXT NULL
        );
        CREATE UNIQUE INDEX ix_repo_record_path ON repo_record (repo_id, path);
        CREATE INDEX ix_repo_record_cid ON repo_record (repo_id, cid);
        CREATE INDEX ix_repo_record_rev ON repo_record (repo_id, rev);
        CREATE INDEX ix_repo_record_subject ON repo_record (repo_id, subject) WHERE subject IS NOT NULL;

        CREATE TABLE repo_blob (
            did TEXT NOT NULL,
            cid BLOB NOT NULL,
            mime_type TEXT NOT NULL,
            size INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            temporary_since INTEGER NULL,
            takedown_ref TEXT NULL,
            PRIMARY KEY (did, cid)
        ) WITHOUT ROWID;
        CREATE INDEX ix_repo_blob_temporary_since ON repo_blob (temporary_since) WHERE temporary_since IS NOT NULL;

        CREATE TABLE repo_blob_ref (
            did TEXT NOT NULL,
            path TEXT NOT NULL,
            cid BLOB NOT NULL,
            rev INTEGER NOT NULL,
            PRIMARY KEY (did, path, cid)
        ) WITHOUT ROWID;
        CREATE INDEX ix_repo_blob_ref_cid ON repo_blob_ref (did, cid);

        CREATE TABLE repo_event (
            seq INTEGER NOT NULL PRIMARY KEY,
            did TEXT NOT NULL,
            type TEXT NOT NULL,
            frame BLOB NOT NULL
        );
        CREATE INDEX ix_repo_event_did ON repo_event (did);

        CREATE TABLE plc_operation (
            created_at INTEGER NOT NULL PRIMARY KEY,
            did TEXT NOT NULL,
            cid BLOB NOT NULL,
            operation BLOB NOT NULL,
            nullified INTEGER NOT NULL
        );
        CREATE UNIQUE INDEX ix_plc_operation_cid ON plc_operation (did, cid);
        """);
}
