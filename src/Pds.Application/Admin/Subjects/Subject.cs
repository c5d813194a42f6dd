using System.Text.Json.Serialization;
using Pds.Application.Errors;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Syntax;

namespace Pds.Application.Admin.Subjects;

/// <summary>What is moderated: an account, one of its records, or one of its blobs.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = LexObject.TypeKey)]
[JsonDerivedType(typeof(RepoRef), "com.atproto.admin.defs#repoRef")]
[JsonDerivedType(typeof(StrongRef), "com.atproto.repo.strongRef")]
[JsonDerivedType(typeof(RepoBlobRef), "com.atproto.admin.defs#repoBlobRef")]
public abstract record Subject
{
    /// <summary>Whose it is; null where it is not named by a DID.</summary>
    internal abstract Did? Owner();

    /// <summary>How the audit log names it.</summary>
    internal abstract string Name();

    internal static XrpcException NotFound() => XrpcException.NotFound("Subject not found");
}

/// <summary><c>com.atproto.admin.defs#repoRef</c>: a whole account.</summary>
public sealed record RepoRef(Did Did) : Subject
{
    internal override Did Owner() => Did;

    internal override string Name() => Did.Value;
}

/// <summary><c>com.atproto.repo.strongRef</c>: a record, in the version that somebody saw.</summary>
public sealed record StrongRef(AtUri Uri, Cid Cid) : Subject
{
    internal override Did? Owner() => Uri.Authority.Did;

    internal override string Name() => Uri.ToString();

    /// <summary>Where it is in its repo; null where the URI is not a record's.</summary>
    internal RecordPath? Path() => PathOf(Uri);

    internal static RecordPath? PathOf(AtUri uri) => uri is { Collection: { } collection, Rkey: { } rkey } ? new RecordPath(collection, rkey) : null;
}

/// <summary><c>com.atproto.admin.defs#repoBlobRef</c>: a blob of an account; the record that it was found in is not looked at.</summary>
public sealed record RepoBlobRef(Did Did, Cid Cid, AtUri? RecordUri = null) : Subject
{
    internal override Did Owner() => Did;

    internal override string Name() => $"{Did}/{Cid}";
}
