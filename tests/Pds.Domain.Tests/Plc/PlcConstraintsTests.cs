using System.Globalization;
using System.Text;
using Pds.Domain.Data;
using Pds.Domain.Plc;
using Pds.Domain.Syntax;

namespace Pds.Domain.Tests.Plc;

public sealed class PlcConstraintsTests : IDisposable
{
    private readonly TestKey _key = new();

    public void Dispose() => _key.Dispose();

    [Theory]
    [InlineData(PlcGoldens.Genesis)]
    [InlineData(PlcGoldens.Update)]
    [InlineData(PlcGoldens.Tombstone)]
    public void Accepts_what_the_reference_library_makes(string json) => PlcConstraints.Ensure(Parse(json));

    [Fact]
    public void Refuses_a_new_legacy_operation() => AssertRefused(Parse(PlcGoldens.Legacy), "Not a valid operation");

    [Fact]
    public void Takes_verification_keys_of_any_curve()
    {
        var ed25519 = Some with { VerificationMethods = new Dictionary<string, string> { ["x"] = "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp" } };

        PlcConstraints.Ensure(Sign(ed25519));
    }

    public static TheoryData<string, string> Refusals => new()
    {
        { "no rotation key", "Improperly formatted operation, need at least one rotation key" },
        { "six rotation keys", "Improperly formatted operation, too many rotation keys" },
        { "a rotation key twice", "Improperly formatted operation, duplicate rotation key" },
        { "eleven aliases", "Too many alsoKnownAs entries (max 10)" },
        { "an alias twice", "duplicate alsoKnownAs entry: at://alice.test" },
        { "a long alias", "alsoKnownAs entry too long (max 258)" },
        { "eleven services", "Too many service entries (max 10)" },
        { "a long service id", "Service id too long (max 32)" },
        { "a long service type", "Service type too long (max 256)" },
        { "a long endpoint", "Service endpoint too long (max 512)" },
        { "eleven methods", "Too many verificationMethod entries (max 10)" },
        { "a long method id", "Verification Method id too long (max 32)" },
        { "a method that is no key", "Invalid verificationMethod key: did:web:example.com" },
    };

    [Theory, MemberData(nameof(Refusals))]
    public void Refuses(string what, string message) => AssertRefused(Sign(Broken(what)), message);

    [Fact]
    public void Refuses_an_operation_of_more_bytes_than_a_directory_takes()
    {
        var services = Enumerable.Range(0, 10).ToDictionary(i => i.ToString(CultureInfo.InvariantCulture), _ => new PlcService(new string('t', 256), new string('e', 512)));

        AssertRefused(Sign(Some with { Services = services }), "Operation too large (7500 bytes maximum in cbor encoding)");
    }

    [Fact]
    public void Refuses_an_unknown_field_but_keeps_it_when_reading()
    {
        var extended = PlcOperation.FromLex(Sign(Some).Fields.With("note", new LexString("hi")));

        Assert.Equal("hi", Parse(extended.ToJson()).Fields.Text("note"));
        AssertRefused(extended, "Not a valid operation: unknown field note");
    }

    private PlcState Some => PlcState.Of([_key.PublicKey], _key.PublicKey, Handle.Parse("alice.test"), new Uri("https://pds.example.com"));

    private PlcState Broken(string what) => what switch
    {
        "no rotation key" => Some with { RotationKeys = [] },
        "six rotation keys" => Some with { RotationKeys = [.. Enumerable.Repeat(_key.PublicKey, 6)] },
        "a rotation key twice" => Some with { RotationKeys = [_key.PublicKey, _key.PublicKey] },
        "eleven aliases" => Some with { AlsoKnownAs = [.. Enumerable.Range(0, 11).Select(i => $"at://a{i}.test")] },
        "an alias twice" => Some with { AlsoKnownAs = ["at://alice.test", "at://alice.test"] },
        "a long alias" => Some with { AlsoKnownAs = [new string('a', 259)] },
        "eleven services" => Some with { Services = Enumerable.Range(0, 11).ToDictionary(i => $"s{i}", _ => new PlcService("t", "e")) },
        "a long service id" => Some with { Services = new Dictionary<string, PlcService> { [new string('i', 33)] = new("t", "e") } },
        "a long service type" => Some with { Services = new Dictionary<string, PlcService> { ["i"] = new(new string('t', 257), "e") } },
        "a long endpoint" => Some with { Services = new Dictionary<string, PlcService> { ["i"] = new("t", new string('e', 513)) } },
        "eleven methods" => Some with { VerificationMethods = Enumerable.Range(0, 11).ToDictionary(i => $"m{i}", _ => _key.PublicKey.ToString()) },
        "a long method id" => Some with { VerificationMethods = new Dictionary<string, string> { [new string('i', 33)] = _key.PublicKey.ToString() } },
        "a method that is no key" => Some with { VerificationMethods = new Dictionary<string, string> { ["i"] = "did:web:example.com" } },
        _ => throw new ArgumentException(what, nameof(what)),
    };

    private PlcRegularOperation Sign(PlcState state) => PlcRegularOperation.Sign(state, prev: null, _key);

    private static PlcOperation Parse(string json) => PlcOperation.Parse(Encoding.UTF8.GetBytes(json));

    private static void AssertRefused(PlcOperation operation, string message)
    {
        var refusal = Assert.Throws<PlcException>(() => PlcConstraints.Ensure(operation));
        Assert.StartsWith(message, refusal.Message, StringComparison.Ordinal);
    }
}
