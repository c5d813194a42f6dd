using Pds.Domain.Data;

namespace Pds.Domain.Repo;

/// <summary>A block is needed that the <see cref="IBlockSource"/> does not have. Fetch it and try again, or refuse the incomplete input.</summary>
public sealed class MissingBlockException(Cid cid) : Exception($"Missing block {cid}")
{
    public Cid Cid => cid;
}
