using Pds.Domain.Data;

namespace Pds.Domain.Repo.Mst;

/// <summary>What happens to one key: no <paramref name="Value"/> means removed, no <paramref name="Previous"/> means added.</summary>
public readonly record struct MstChange(MstKey Key, Cid? Value, Cid? Previous);
