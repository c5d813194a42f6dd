using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Pds.Infrastructure.Persistence;

/// <summary>What differs between database providers.</summary>
internal interface IDatabase
{
    /// <summary>A new open connection.</summary>
    DbConnection Open(bool readOnly);

    /// <summary>Begins a transaction that writes, so that a conflict shows at once and not at the end.</summary>
    string BeginWrite { get; }

    /// <summary>Prepares the place and brings the schema up to date.</summary>
    /// <exception cref="StartupException">The database is newer than this program; the message says so to the operator.</exception>
    Task MigrateAsync(CancellationToken ct);

    void Configure(DbContextOptionsBuilder options);

    /// <summary>What a failure means: an answer for the client, or null for a fault that nobody expected.</summary>
    DatabaseFailure Classify(Exception failure);
}

/// <summary>The failures that have an answer.</summary>
internal enum DatabaseFailure
{
    Unexpected,

    /// <summary>Something that must be unique is there already.</summary>
    NotUnique,

    /// <summary>The disk is full or broken; nothing of the transaction is left.</summary>
    NoSpace,
}
