using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Pds.Infrastructure.Persistence.Sqlite.Migrations;

/// <summary>Repos that are nobody's, and mentions of blobs that belong to a repo as its records do, so that a repo can be written beside another of the same account.</summary>
[DbContext(typeof(SqlitePdsDbContext))]
[Migration("0008_repo_imports")]
internal sealed class M0008RepoImports : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE repo_left (
            repo_id INTEGER NOT NULL PRIMARY KEY
        );

        ALTER TABLE repo_blob_ref RENAME TO repo_blob_ref_by_did;
        CREATE TABLE repo_blob_ref (
            repo_id INTEGER NOT NULL,
            path TEXT NOT NULL,
            cid BLOB NOT NULL,
            rev INTEGER NOT NULL,
            PRIMARY KEY (repo_id, path, cid)
        ) WITHOUT ROWID;
        INSERT INTO repo_blob_ref (repo_id, path, cid, rev)
            SELECT coalesce(p.id, g.repo_id), m.path, m.cid, m.rev
            FROM repo_blob_ref_by_did m LEFT JOIN repo p ON p.did = m.did LEFT JOIN repo_removal g ON g.did = m.did
            WHERE coalesce(p.id, g.repo_id) IS NOT NULL;
        DROP TABLE repo_blob_ref_by_did;
        CREATE INDEX ix_repo_blob_ref_cid ON repo_blob_ref (repo_id, cid);

        CREATE INDEX ix_repo_record_takedown ON repo_record (repo_id, path) WHERE takedown_ref IS NOT NULL;
        """);
}
