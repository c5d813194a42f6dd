using System.Text;
using Pds.Domain.Crypto;
using Pds.Domain.Data;
using Pds.Domain.Plc;
using Pds.Domain.Syntax;

namespace Pds.Domain.Tests.Plc;

public sealed class PlcLogTests : IDisposable
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch.AddYears(56);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly TestKey _strong = new();
    private readonly TestKey _middle = new();
    private readonly TestKey _weak = new();
    private readonly TestKey _stranger = new();
    private readonly PlcGenesis _genesis;
    private readonly PlcLog _log;

    public PlcLogTests()
    {
        var state = PlcState.Of([_strong.PublicKey, _middle.PublicKey, _weak.PublicKey], _stranger.PublicKey, Handle.Parse("alice.test"), new Uri("https://pds.example.com"));
        _genesis = PlcGenesis.Create(state, _weak);
        _log = new PlcLog(_genesis.Did, []).Append(_genesis.Operation, Start, TestVerifier.Instance);
    }

    public void Dispose()
    {
        foreach (var key in new[] { _strong, _middle, _weak, _stranger }) key.Dispose();
    }

    [Fact]
    public void Starts_with_the_operation_that_the_did_is_the_hash_of()
    {
        Assert.Equal(_genesis.Did, _log.Data!.Did);
        Assert.Equal(_genesis.Operation.State, _log.Data.State);
    }

    [Fact]
    public void Refuses_another_dids_genesis() =>
        AssertRefused(new PlcLog(Did.Parse("did:plc:ewvi7nxzyoun6zhxrhs64oiz"), []), _genesis.Operation, Start,
            $"Hash of genesis operation does not match DID identifier: {_genesis.Did}");

    [Theory]
    [InlineData("did:plc:abc", "too short")]
    [InlineData("did:plc:ewvi7nxzyoun6zhxrhs64oizewvi", "too long")]
    public void Refuses_a_did_of_another_length(string did, string reason) =>
        AssertRefused(new PlcLog(Did.Parse(did), []), _genesis.Operation, Start, $"Improperly formatted did: {reason}");

    [Fact]
    public void Refuses_a_genesis_signed_by_a_stranger()
    {
        var forged = PlcGenesis.Create(_genesis.Operation.State, _stranger);

        AssertRefused(new PlcLog(forged.Did, []), forged.Operation, Start, "Invalid signature on op");
    }

    [Fact]
    public void Refuses_to_start_with_a_tombstone() =>
        AssertRefused(new PlcLog(_genesis.Did, []), PlcTombstone.Sign(_genesis.Operation.Cid, _strong), Start, "Operations not correctly ordered");

    [Fact]
    public void Refuses_to_start_with_an_operation_that_follows_another()
    {
        var follower = PlcRegularOperation.Sign(_genesis.Operation.State, _genesis.Operation.Cid, _weak);

        AssertRefused(new PlcLog(PlcGenesis.DidOf(follower.Cid), []), follower, Start, "Improperly formatted operation, expected null prev on create");
    }

    [Fact]
    public void Takes_an_update_by_any_rotation_key()
    {
        var log = _log;
        foreach (var key in new[] { _strong, _middle, _weak })
            log = log.Append(Rename(log.Last!, $"by-{key.PublicKey.Multibase.Length}.test", key), Start, TestVerifier.Instance);

        Assert.Equal(4, log.Valid.Count);
    }

    [Fact]
    public void Refuses_an_update_signed_by_the_repositorys_key() =>
        AssertRefused(_log, Rename(_genesis.Operation, "b.test", _stranger), Start, "Invalid signature on op");

    [Fact]
    public void Refuses_a_rotation_key_that_has_been_removed()
    {
        var without = _genesis.Operation.State with { RotationKeys = [_strong.PublicKey] };
        var log = _log.Append(PlcRegularOperation.Sign(without, _genesis.Operation.Cid, _weak), Start, TestVerifier.Instance);

        AssertRefused(log, Rename(log.Last!, "b.test", _weak), Start, "Invalid signature on op");
    }

    [Fact]
    public void Refuses_an_update_of_an_operation_that_is_not_in_the_log()
    {
        var elsewhere = PlcRegularOperation.Sign(_genesis.Operation.State, Cid.Of(CidCodec.DagCbor, [0xA0]), _strong);

        AssertRefused(_log, elsewhere, Start, "Operations not correctly ordered");
    }

    [Fact]
    public void Refuses_a_second_genesis() =>
        AssertRefused(_log, PlcRegularOperation.Sign(_genesis.Operation.State, prev: null, _strong), Start, "Operations not correctly ordered");

    [Fact]
    public void A_stronger_key_strikes_out_what_a_weaker_one_did_and_what_followed()
    {
        var theft = Rename(_genesis.Operation, "thief.test", _weak);
        var log = _log.Append(theft, Start, TestVerifier.Instance);
        var more = Rename(theft, "thief2.test", _weak);
        log = log.Append(more, Start, TestVerifier.Instance);
        var recovery = Rename(_genesis.Operation, "alice2.test", _strong);

        var acceptance = log.Check(recovery, Start, TestVerifier.Instance);
        log = log.Append(recovery, Start, TestVerifier.Instance);

        Assert.Equal([theft.Cid, more.Cid], acceptance.Nullified);
        Assert.Equal(_genesis.Operation.Cid, acceptance.Prev);
        Assert.Equal([false, true, true, false], log.Entries.Select(entry => entry.Nullified));
        Assert.Equal(["at://alice2.test"], log.Data!.State.AlsoKnownAs);
    }

    [Fact]
    public void Nothing_follows_an_operation_that_was_struck_out()
    {
        var theft = Rename(_genesis.Operation, "thief.test", _weak);
        var log = _log.Append(theft, Start, TestVerifier.Instance)
            .Append(Rename(_genesis.Operation, "alice2.test", _strong), Start, TestVerifier.Instance);

        AssertRefused(log, Rename(theft, "thief2.test", _strong), Start, "Operations not correctly ordered");
    }

    [Fact]
    public void The_same_key_or_a_weaker_one_strikes_out_nothing()
    {
        var log = _log.Append(Rename(_genesis.Operation, "b.test", _middle), Start, TestVerifier.Instance);

        AssertRefused(log, Rename(_genesis.Operation, "c.test", _middle), Start, "Invalid signature on op");
        AssertRefused(log, Rename(_genesis.Operation, "c.test", _weak), Start, "Invalid signature on op");
    }

    [Fact]
    public void A_recovery_may_come_72_hours_after_the_first_disputed_operation_and_no_later()
    {
        var theft = Rename(_genesis.Operation, "thief.test", _weak);
        var log = _log.Append(theft, Start, TestVerifier.Instance)
            .Append(Rename(theft, "thief2.test", _weak), Start.AddHours(71), TestVerifier.Instance);
        var recovery = Rename(_genesis.Operation, "alice2.test", _strong);

        Assert.Equal(2, log.Check(recovery, Start.AddHours(72), TestVerifier.Instance).Nullified.Count);
        AssertRefused(log, recovery, Start.AddHours(72) + Tick,
            "Recovery operation occured outside of the allowed 72 hr recovery window. Time lapsed: 259200001");
    }

    [Fact]
    public void Power_is_judged_by_the_keys_in_force_at_the_fork_not_by_those_a_thief_put_in()
    {
        var thiefs = _genesis.Operation.State with { RotationKeys = [_weak.PublicKey] };
        var theft = PlcRegularOperation.Sign(thiefs, _genesis.Operation.Cid, _weak);
        var log = _log.Append(theft, Start, TestVerifier.Instance);

        log = log.Append(Rename(_genesis.Operation, "alice2.test", _middle), Start.AddHours(1), TestVerifier.Instance);

        Assert.Equal(3, log.Data!.State.RotationKeys.Count);
    }

    [Fact]
    public void A_tombstone_ends_the_identity()
    {
        var end = PlcTombstone.Sign(_genesis.Operation.Cid, _weak);
        var log = _log.Append(end, Start, TestVerifier.Instance);

        Assert.Null(log.Data);
        AssertRefused(log, PlcRegularOperation.Sign(_genesis.Operation.State, end.Cid, _strong), Start, "Operations not correctly ordered");
    }

    [Fact]
    public void A_stronger_key_brings_an_ended_identity_back()
    {
        var log = _log.Append(PlcTombstone.Sign(_genesis.Operation.Cid, _weak), Start, TestVerifier.Instance);

        log = log.Append(Rename(_genesis.Operation, "back.test", _strong), Start.AddHours(72), TestVerifier.Instance);

        Assert.Equal(["at://back.test"], log.Data!.State.AlsoKnownAs);
    }

    [Fact]
    public void An_audit_log_survives_json_and_verifies()
    {
        var log = _log.Append(Rename(_genesis.Operation, "thief.test", _weak), Start.AddHours(1), TestVerifier.Instance)
            .Append(Rename(_genesis.Operation, "alice2.test", _strong), Start.AddHours(2), TestVerifier.Instance);

        var audit = log.Entries.Select(entry => PlcLogEntry.FromLex(entry.ToLex(_genesis.Did)));
        var verified = PlcLog.Verify(_genesis.Did, audit, TestVerifier.Instance);

        Assert.Equal(log.Data, verified.Data);
    }

    [Fact]
    public void Verifying_notices_a_directory_that_kept_a_struck_out_operation()
    {
        var log = _log.Append(Rename(_genesis.Operation, "thief.test", _weak), Start, TestVerifier.Instance)
            .Append(Rename(_genesis.Operation, "alice2.test", _strong), Start, TestVerifier.Instance);

        var forged = log.Entries.Select(entry => entry with { Nullified = false });

        Assert.Throws<PlcException>(() => PlcLog.Verify(_genesis.Did, forged, TestVerifier.Instance));
    }

    [Fact]
    public void Verifying_notices_a_recovery_that_came_too_late()
    {
        var theft = new PlcLogEntry(Rename(_genesis.Operation, "thief.test", _weak), Start, Nullified: true);
        var late = new PlcLogEntry(Rename(_genesis.Operation, "alice2.test", _strong), Start.AddHours(73));

        Assert.Throws<PlcException>(() => PlcLog.Verify(_genesis.Did, [_log.Entries[0], theft, late], TestVerifier.Instance));
    }

    [Fact]
    public void Accepts_the_reference_librarys_chain_tombstone_and_recovery()
    {
        var log = new PlcLog(Did.Parse(PlcGoldens.GenesisDid), []);
        foreach (var json in new[] { PlcGoldens.Genesis, PlcGoldens.Update, PlcGoldens.Tombstone })
            log = log.Append(Parse(json), Start, TestVerifier.Instance);
        Assert.Null(log.Data);

        log = log.Append(Parse(PlcGoldens.Recovery), Start.AddHours(1), TestVerifier.Instance);

        Assert.Equal([false, true, true, false], log.Entries.Select(entry => entry.Nullified));
        Assert.Equal("https://other.example.com", log.Data!.State.Services["atproto_pds"].Endpoint);
    }

    [Fact]
    public void Accepts_the_reference_librarys_legacy_chain()
    {
        var log = new PlcLog(Did.Parse(PlcGoldens.LegacyDid), []).Append(Parse(PlcGoldens.Legacy), Start, TestVerifier.Instance);

        log = log.Append(Parse(PlcGoldens.LegacyUpdate), Start, TestVerifier.Instance);

        Assert.Equal(["at://bob2.test"], log.Data!.State.AlsoKnownAs);
    }

    [Fact]
    public void Allows_ten_operations_in_an_hour_but_never_bars_a_recovery()
    {
        var log = _log;
        for (var i = 0; i < 9; i++) log = log.Append(Rename(log.Last!, $"a{i}.test", _weak), Start.AddMinutes(i), TestVerifier.Instance);
        var (eleventh, recovery) = (Rename(log.Last!, "b.test", _weak), Rename(_genesis.Operation, "c.test", _strong));

        var now = Start.AddMinutes(30);
        var refusal = Assert.Throws<PlcException>(() => PlcRateLimit.Ensure(log, log.Check(eleventh, now, TestVerifier.Instance), now));
        PlcRateLimit.Ensure(log, log.Check(recovery, now, TestVerifier.Instance), now);
        PlcRateLimit.Ensure(log, log.Check(eleventh, Start.AddHours(1), TestVerifier.Instance), Start.AddHours(1));

        Assert.Equal("Too many operations within last hour (max 10)", refusal.Message);
    }

    private static PlcRegularOperation Rename(PlcOperation prev, string handle, ISigningKey key) =>
        PlcRegularOperation.Sign(prev.State!.WithHandle(Handle.Parse(handle)), prev.Cid, key);

    private static PlcOperation Parse(string json) => PlcOperation.Parse(Encoding.UTF8.GetBytes(json));

    private static void AssertRefused(PlcLog log, PlcOperation proposed, DateTimeOffset now, string message)
    {
        var refusal = Assert.Throws<PlcException>(() => log.Check(proposed, now, TestVerifier.Instance));
        Assert.StartsWith(message, refusal.Message, StringComparison.Ordinal);
    }
}
