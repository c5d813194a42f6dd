using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Application.Repo.Writing;

/// <summary><c>com.atproto.repo.defs#commitMeta</c>: the commit that a write made.</summary>
public sealed record CommitMeta(Cid Cid, Tid Rev);
