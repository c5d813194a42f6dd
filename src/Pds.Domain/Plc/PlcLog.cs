using Pds.Domain.Crypto;
using Pds.Domain.Syntax;

namespace Pds.Domain.Plc;

/// <summary>The operations of one identity, and the rules by which another may join them.</summary>
/// <remarks>
/// A directory builds one from its store and asks <see cref="Check"/>. A client that trusts no directory fetches the audit log and asks
/// <see cref="Verify"/>. The rules are pure: the time is an argument.
/// </remarks>
/// <param name="did">The identity.</param>
/// <param name="entries">Everything ever accepted, in that order, nullified operations too. Taken on trust.</param>
public sealed class PlcLog(Did did, IReadOnlyList<PlcLogEntry> entries)
{
    /// <summary>How long a more powerful key may strike out what a weaker one did.</summary>
    public static readonly TimeSpan RecoveryWindow = TimeSpan.FromHours(72);

    private const int DidLength = 8 + PlcGenesis.IdentifierLength;

    public Did Did => did;

    public IReadOnlyList<PlcLogEntry> Entries => entries;

    /// <summary>The operations that count, in order.</summary>
    public IReadOnlyList<PlcLogEntry> Valid { get; } = [.. entries.Where(entry => !entry.Nullified)];

    /// <summary>The operation to follow; null in an empty log.</summary>
    public PlcOperation? Last => Valid is [.., var last] ? last.Operation : null;

    /// <summary>The identity as it is now; null where there is none, or no longer.</summary>
    public PlcData? Data => Last?.State is { } state ? new PlcData(did, state) : null;

    /// <summary>Replays an audit log under the rules that held when each operation came.</summary>
    /// <exception cref="PlcException">Somebody accepted what may not be.</exception>
    public static PlcLog Verify(Did did, IEnumerable<PlcLogEntry> audit, ISignatureVerifier verifier)
    {
        var log = new PlcLog(did, []);
        List<PlcLogEntry> claimed = [.. audit];
        foreach (var entry in claimed) log = log.Append(entry.Operation, entry.CreatedAt, verifier);

        var agrees = log.Entries.Zip(claimed).All(pair => pair.First.Nullified == pair.Second.Nullified);
        return agrees ? log : throw new PlcException("The log's nullified operations are not those that its operations nullify");
    }

    /// <summary>The log with one more operation.</summary>
    /// <exception cref="PlcException">It may not join.</exception>
    public PlcLog Append(PlcOperation proposed, DateTimeOffset now, ISignatureVerifier verifier)
    {
        var acceptance = Check(proposed, now, verifier);
        return new PlcLog(did, [
            .. entries.Select(entry => acceptance.Nullified.Contains(entry.Cid) ? entry with { Nullified = true } : entry),
            new PlcLogEntry(proposed, now),
        ]);
    }

    /// <summary>Decides whether an operation may join at this time, and which ones it strikes out.</summary>
    /// <exception cref="PlcException">It may not join.</exception>
    public PlcAcceptance Check(PlcOperation proposed, DateTimeOffset now, ISignatureVerifier verifier)
    {
        if (Valid.Count == 0) return CheckGenesis(proposed, verifier);

        var at = Valid.Count - 1;
        while (at >= 0 && Valid[at].Cid != proposed.Prev) at--;
        if (at < 0 || Valid[at].Operation.State is not { } state) throw PlcException.Misordered();

        if (at == Valid.Count - 1) EnsureSigned(proposed, state.RotationKeys, verifier);
        else EnsureMayRecover(proposed, state.RotationKeys, disputed: Valid[at + 1], now, verifier);

        return new PlcAcceptance(proposed.Prev, [.. Valid.Skip(at + 1).Select(entry => entry.Cid)]);
    }

    private PlcAcceptance CheckGenesis(PlcOperation proposed, ISignatureVerifier verifier)
    {
        if (proposed.State is not { } state) throw PlcException.Misordered();
        EnsureSigned(proposed, state.RotationKeys, verifier);
        if (did.Value.Length < DidLength) throw new PlcException("Improperly formatted did: too short");
        if (did.Value.Length > DidLength) throw new PlcException("Improperly formatted did: too long");
        if (PlcGenesis.DidOf(proposed.Cid) != did) throw PlcException.WrongGenesis(proposed.Cid);
        if (proposed.Prev is not null) throw PlcException.Improper("expected null prev on create");
        return new PlcAcceptance(Prev: null, Nullified: []);
    }

    /// <summary>A fork is for keys that stand before the one that signed the first disputed operation, and for 72 hours after that.</summary>
    private static void EnsureMayRecover(
        PlcOperation proposed, IReadOnlyList<DidKey> keys, PlcLogEntry disputed, DateTimeOffset now, ISignatureVerifier verifier)
    {
        var signer = disputed.Operation.SignerAmong(keys, verifier);
        if (signer < 0) throw PlcException.InvalidSignature(disputed.Operation);
        EnsureSigned(proposed, [.. keys.Take(signer)], verifier);

        var elapsed = now - disputed.CreatedAt;
        if (elapsed > RecoveryWindow) throw PlcException.LateRecovery(elapsed);
    }

    private static void EnsureSigned(PlcOperation proposed, IReadOnlyList<DidKey> keys, ISignatureVerifier verifier)
    {
        if (proposed.SignerAmong(keys, verifier) < 0) throw PlcException.InvalidSignature(proposed);
    }
}
