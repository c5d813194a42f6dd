using System.Text;
using Pds.Domain.Data;
using Pds.Domain.Plc;
using Pds.Domain.Syntax;

namespace Pds.Domain.Tests.Plc;

public sealed class PlcOperationTests : IDisposable
{
    private readonly TestKey _key = new();

    public void Dispose() => _key.Dispose();

    [Theory]
    [InlineData(PlcGoldens.Genesis, PlcGoldens.GenesisCid)]
    [InlineData(PlcGoldens.Update, PlcGoldens.UpdateCid)]
    [InlineData(PlcGoldens.Recovery, PlcGoldens.RecoveryCid)]
    [InlineData(PlcGoldens.Tombstone, PlcGoldens.TombstoneCid)]
    [InlineData(PlcGoldens.Legacy, PlcGoldens.LegacyCid)]
    public void Has_the_cid_that_the_reference_library_gives_it(string json, string cid) => Assert.Equal(cid, Parse(json).Cid.ToString());

    [Fact]
    public void Has_the_bytes_that_the_reference_library_gives_it() =>
        Assert.Equal(PlcGoldens.GenesisHex, Convert.ToHexStringLower(Parse(PlcGoldens.Genesis).Encode()));

    [Theory]
    [InlineData(PlcGoldens.Genesis)]
    [InlineData(PlcGoldens.Tombstone)]
    [InlineData(PlcGoldens.Legacy)]
    public void Prints_the_json_it_was_read_from(string json) => Assert.Equal(json, Parse(json).ToJson());

    [Theory]
    [InlineData(PlcGoldens.Genesis, PlcGoldens.GenesisDid)]
    [InlineData(PlcGoldens.Legacy, PlcGoldens.LegacyDid)]
    public void Creates_the_did_that_the_reference_library_derives(string json, string did) => Assert.Equal(did, PlcGenesis.DidOf(Parse(json).Cid).Value);

    [Fact]
    public void Reads_a_legacy_creation_as_the_state_it_stands_for()
    {
        var state = Parse(PlcGoldens.Legacy).State!;

        var later = Parse(PlcGoldens.LegacyUpdate).State!;
        Assert.Equal(later, state.WithHandle(Handle.Parse("bob2.test")));
        Assert.Equal(["at://bob.test"], state.AlsoKnownAs);
    }

    [Theory]
    [InlineData("https://pds.example.com", "bob.test")]
    [InlineData("pds.example.com", "https://bob.test")]
    public void Completes_a_legacy_service_and_handle(string service, string handle)
    {
        var state = Parse(PlcGoldens.Legacy
            .Replace("https://pds.example.com", service, StringComparison.Ordinal)
            .Replace("bob.test", handle, StringComparison.Ordinal)).State!;

        Assert.Equal("https://pds.example.com", state.Services["atproto_pds"].Endpoint);
        Assert.Equal(["at://bob.test"], state.AlsoKnownAs);
    }

    [Fact]
    public void What_is_signed_verifies_and_survives_json()
    {
        var genesis = PlcGenesis.Create(SomeState(), _key);

        var read = Parse(genesis.Operation.ToJson());

        Assert.Equal(0, read.SignerAmong([_key.PublicKey], TestVerifier.Instance));
        Assert.Equal(genesis.Operation.Cid, read.Cid);
        Assert.Equal(SomeState(), read.State);
        Assert.StartsWith("did:plc:", genesis.Did.Value, StringComparison.Ordinal);
        Assert.Equal(32, genesis.Did.Value.Length);
    }

    [Fact]
    public void An_endpoint_is_written_without_path_or_slash() =>
        Assert.Equal("https://pds.example.com:8443", SomeState().WithPds(new Uri("https://pds.example.com:8443/x/?y")).Services["atproto_pds"].Endpoint);

    [Fact]
    public void Another_handle_takes_the_first_ones_place_and_leaves_other_aliases()
    {
        var state = SomeState() with { AlsoKnownAs = ["https://alice.example", "at://alice.test", "at://old.test"] };

        Assert.Equal(["https://alice.example", "at://new.test", "at://old.test"], state.WithHandle(Handle.Parse("new.test")).AlsoKnownAs);
    }

    [Fact]
    public void A_handle_that_was_an_alias_already_moves_to_the_front()
    {
        var state = SomeState() with { AlsoKnownAs = ["at://old.test", "https://alice.example", "at://new.test"] };

        Assert.Equal(["at://new.test", "https://alice.example"], state.WithHandle(Handle.Parse("new.test")).AlsoKnownAs);
    }

    [Fact]
    public void A_first_handle_goes_before_other_aliases()
    {
        var state = SomeState() with { AlsoKnownAs = ["https://alice.example"] };

        Assert.Equal(["at://new.test", "https://alice.example"], state.WithHandle(Handle.Parse("new.test")).AlsoKnownAs);
    }

    [Theory]
    [InlineData("{sig}=")]
    [InlineData("{sig}==")]
    [InlineData(" {sig}")]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("ÄÄÄÄ")]
    public void A_signature_written_in_any_other_way_signs_nothing(string pattern)
    {
        var genesis = PlcGenesis.Create(SomeState(), _key).Operation;

        var forged = PlcOperation.FromLex(genesis.Fields.With("sig", new LexString(pattern.Replace("{sig}", genesis.Sig, StringComparison.Ordinal))));

        Assert.Equal(-1, forged.SignerAmong([_key.PublicKey], TestVerifier.Instance));
    }

    [Fact]
    public void A_signature_of_the_right_length_in_the_wrong_letters_signs_nothing()
    {
        var genesis = PlcGenesis.Create(SomeState(), _key).Operation;

        var forged = PlcOperation.FromLex(genesis.Fields.With("sig", new LexString(new string('!', genesis.Sig.Length))));

        Assert.Equal(-1, forged.SignerAmong([_key.PublicKey], TestVerifier.Instance));
    }

    [Fact]
    public void Stray_bits_after_the_signature_sign_nothing()
    {
        var genesis = PlcGenesis.Create(SomeState(), _key).Operation;
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var last = alphabet.IndexOf(genesis.Sig[^1], StringComparison.Ordinal);

        var forged = PlcOperation.FromLex(genesis.Fields.With("sig", new LexString(genesis.Sig[..^1] + alphabet[last | 1])));

        Assert.Equal(-1, forged.SignerAmong([_key.PublicKey], TestVerifier.Instance));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"type":"plc_operation"}""")]
    [InlineData("""{"type":"plc_tombstone","prev":null,"sig":""}""")]
    [InlineData("""{"type":"plc_tombstone","prev":"bafy","sig":""}""")]
    [InlineData("""{"type":"plc_tombstone","prev":"bafyreigbtj4x7ip5legnfznufuopl4sg4knzc2cof6duas4b3q2fy6swua"}""")]
    [InlineData("""{"type":"plc_rename","sig":""}""")]
    public void Refuses_what_is_no_operation(string json) => Assert.Throws<PlcException>(() => Parse(json));

    [Theory]
    [InlineData("\"prev\":null", "\"prev\":3")]
    [InlineData("\"prev\":null,", "")]
    [InlineData("\"alsoKnownAs\":[\"at://alice.test\"]", "\"alsoKnownAs\":[7]")]
    [InlineData("\"alsoKnownAs\":[\"at://alice.test\"]", "\"alsoKnownAs\":\"at://alice.test\"")]
    [InlineData("\"type\":\"AtprotoPersonalDataServer\",", "")]
    [InlineData("\"endpoint\":\"https://pds.example.com\"", "\"endpoint\":{}")]
    [InlineData("did:key:zQ3shn", "did:key:zQ3shx")]
    [InlineData("\"prev\":null", "\"prev\":null,\"prev\":null")]
    public void Refuses_a_field_that_is_missing_doubled_or_of_another_kind(string field, string instead)
    {
        Assert.Contains(field, PlcGoldens.Genesis, StringComparison.Ordinal);

        Assert.Throws<PlcException>(() => Parse(PlcGoldens.Genesis.Replace(field, instead, StringComparison.Ordinal)));
    }

    private PlcState SomeState() => PlcState.Of([_key.PublicKey], _key.PublicKey, Handle.Parse("alice.test"), new Uri("https://pds.example.com/"));

    private static PlcOperation Parse(string json) => PlcOperation.Parse(Encoding.UTF8.GetBytes(json));
}
