using Pds.Application.Ports;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Mst;

namespace Pds.Application.Repo.Importing;

/// <summary>The blocks of a repo that is being imported: those of its CAR, and those that the account's repo has already. A CAR of what is new since then is enough.</summary>
internal sealed class ImportedBlocks(ISpooledCar car, IRepoSnapshot? present) : IBlockSource, IDisposable
{
    private IRepoSnapshot? _present = present;
    private bool _leansOnPresent;

    public bool HoldsCheckedNodes { get; private set; }

    /// <summary>The account's repo as it was when the import began; null where there was none.</summary>
    public StoredRepo? Present { get; } = present?.Repo;

    /// <summary>Its tree, for as long as the snapshot is held.</summary>
    public MstTree PresentTree => _present is null ? MstTree.Empty : MstTree.Load(_present.Repo.Head.Data, _present);

    public bool TryGet(Cid cid, out ReadOnlyMemory<byte> block)
    {
        if (car.TryGet(cid, out block)) return true;
        var isHere = _present is not null && (_present.TryGet(cid, out block) || _present.TryGetRecord(cid, out block));
        _leansOnPresent |= isHere;
        return isHere;
    }

    /// <summary>A block that is known to be among them.</summary>
    /// <exception cref="MissingBlockException">It is not.</exception>
    public ReadOnlyMemory<byte> Get(Cid cid) => TryGet(cid, out var block) ? block : throw new MissingBlockException(cid);

    /// <summary>Every node has been checked: from here on it need not be again.</summary>
    public void Trust() => HoldsCheckedNodes = true;

    /// <summary>Lets the database forget what is replaced while rows are written, unless blocks of it are still needed.</summary>
    public void ReleasePresent()
    {
        if (!_leansOnPresent) Dispose();
    }

    public void Dispose()
    {
        _present?.Dispose();
        _present = null;
    }
}
