using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Pds.Infrastructure.Persistence.Sqlite.Migrations;

/// <summary>Browsers that have opened pages, and who is signed in on them.</summary>
[DbContext(typeof(SqlitePdsDbContext))]
[Migration("0015_devices")]
internal sealed class M0015Devices : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE device (
            id TEXT NOT NULL PRIMARY KEY,
            secret_hash BLOB NOT NULL,
            previous_hash BLOB NULL,
            rotated_at INTEGER NOT NULL,
            user_agent TEXT NULL,
            address TEXT NOT NULL,
            seen_at INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX ix_device_seen_at ON device (seen_at);

        CREATE TABLE account_device (
            did TEXT NOT NULL,
            device_id TEXT NOT NULL,
            signed_in_at INTEGER NOT NULL,
            used_at INTEGER NOT NULL,
            is_remembered INTEGER NOT NULL,
            PRIMARY KEY (did, device_id)
        ) WITHOUT ROWID;
        CREATE INDEX ix_account_device_device_id ON account_device (device_id);
        """);
}
