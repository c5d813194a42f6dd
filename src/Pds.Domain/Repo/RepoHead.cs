using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Domain.Repo;

/// <summary>Where a repo stands: its commit, the commit's rev and the root of its tree.</summary>
public sealed record RepoHead(Cid Commit, Tid Rev, Cid Data);
