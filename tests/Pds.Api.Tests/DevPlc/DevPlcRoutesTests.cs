using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.Plc;
using Pds.Domain.Syntax;
using Pds.TestKit;

namespace Pds.Api.Tests.DevPlc;

public sealed class DevPlcRoutesTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private static readonly Uri Pds = new("https://pds.example.com");

    private readonly ISigningKey _key = NewKey(pds);

    [Fact]
    public async Task Says_that_it_is_there()
    {
        Assert.NotEmpty((await GetAsync("/plc/_health")).Ok().GetProperty("version").GetString()!);
        Assert.Contains("/plc/export", (await GetAsync("/plc")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_a_published_identity_in_every_form()
    {
        var genesis = NewIdentity();
        var did = genesis.Did.Value;

        var posted = await PostAsync(did, genesis.Operation);
        var document = await GetAsync($"/plc/{did}");
        var data = await GetAsync($"/plc/{did}/data");

        Assert.Equal("200 OK text/plain; charset=utf-8", $"{(int)posted.Status} {posted.Text} {posted.Headers["Content-Type"]}");
        Assert.Equal("application/did+ld+json; charset=utf-8", document.Headers["Content-Type"]);
        Assert.Equal(new PlcData(genesis.Did, genesis.Operation.State).ToDocument().Json.ToArray(), document.Body);
        Assert.Equal("did verificationMethods rotationKeys alsoKnownAs services", string.Join(' ', data.Ok().EnumerateObject().Select(field => field.Name)));
        Assert.Equal("application/json; charset=utf-8", data.Headers["Content-Type"]);
        Assert.True(JsonElement.DeepEquals(Json(genesis.Operation), (await GetAsync($"/plc/{did}/log/last")).Ok()));
        Assert.True(JsonElement.DeepEquals(Json(genesis.Operation), Assert.Single((await GetAsync($"/plc/{did}/log")).Ok().EnumerateArray())));
    }

    [Fact]
    public async Task Answers_an_audit_log_with_what_was_struck_out()
    {
        var strong = NewKey(pds);
        var genesis = PlcGenesis.Create(PlcState.Of([strong.PublicKey, _key.PublicKey], _key.PublicKey, Handle.Parse("alice.test"), Pds), _key);
        var theft = PlcRegularOperation.Sign(genesis.Operation.State.WithHandle(Handle.Parse("mallory.test")), genesis.Operation.Cid, _key);
        var recovery = PlcRegularOperation.Sign(genesis.Operation.State, genesis.Operation.Cid, strong);
        foreach (var operation in new[] { genesis.Operation, theft, recovery }) Assert.Equal("OK", (await PostAsync(genesis.Did.Value, operation)).Text);

        var audit = (await GetAsync($"/plc/{genesis.Did}/log/audit")).Ok().EnumerateArray().ToList();
        var log = (await GetAsync($"/plc/{genesis.Did}/log")).Ok().EnumerateArray().ToList();

        Assert.Equal([false, true, false], audit.Select(entry => entry.GetProperty("nullified").GetBoolean()));
        Assert.Equal("did operation cid nullified createdAt", string.Join(' ', audit[0].EnumerateObject().Select(field => field.Name)));
        Assert.Equal(theft.Cid.ToString(), audit[1].GetProperty("cid").GetString());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", audit[0].GetProperty("createdAt").GetString());
        Assert.Equal(2, log.Count);
    }

    [Fact]
    public async Task Exports_operations_as_lines_and_goes_on_after_a_time()
    {
        var (one, two) = (NewIdentity(), NewIdentity());
        await PostAsync(one.Did.Value, one.Operation);
        var before = Lines(await GetAsync("/plc/export"))[^1].GetProperty("createdAt").GetString()!;
        await PostAsync(two.Did.Value, two.Operation);

        var page = await GetAsync($"/plc/export?after={Uri.EscapeDataString(before)}&count=1");

        Assert.Equal("application/jsonlines", page.Headers["Content-Type"]);
        Assert.Equal(two.Did.Value, Assert.Single(Lines(page)).GetProperty("did").GetString());
        Assert.False(page.Text.EndsWith('\n'));
    }

    [Theory]
    [InlineData("count=0", "Invalid count parameter"), InlineData("count=x", "Invalid count parameter"), InlineData("count=-1", "Invalid count parameter")]
    [InlineData("after=x", "Invalid after parameter")]
    public async Task Refuses_to_export_by_other_parameters(string query, string message) => Refused(await GetAsync($"/plc/export?{query}"), 400, message);

    [Theory]
    [InlineData(""), InlineData("/data"), InlineData("/log"), InlineData("/log/audit"), InlineData("/log/last")]
    public async Task Knows_nothing_of_others(string path)
    {
        foreach (var did in new[] { "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa", "did:web:example.com", "nonsense" })
            Refused(await GetAsync($"/plc/{did}{path}"), 404, $"DID not registered: {did}");
    }

    [Fact]
    public async Task Keeps_only_the_log_of_an_identity_that_ended()
    {
        var genesis = NewIdentity();
        var did = genesis.Did.Value;
        await PostAsync(did, genesis.Operation);
        await PostAsync(did, PlcTombstone.Sign(genesis.Operation.Cid, _key));

        Refused(await GetAsync($"/plc/{did}"), 404, $"DID not available: {did}");
        Refused(await GetAsync($"/plc/{did}/data"), 404, $"DID not available: {did}");
        Assert.Equal("plc_tombstone", (await GetAsync($"/plc/{did}/log/last")).Ok().GetProperty("type").GetString());
        Assert.Equal(2, (await GetAsync($"/plc/{did}/log")).Ok().GetArrayLength());
    }

    [Fact]
    public async Task Answers_at_the_root_too_and_however_the_colons_are_written()
    {
        var genesis = NewIdentity();
        await PostAsync(genesis.Did.Value, genesis.Operation);
        var escaped = Uri.EscapeDataString(genesis.Did.Value);

        foreach (var path in new[] { $"/{genesis.Did}", $"/{escaped}", $"/plc/{escaped}" })
            Assert.Equal(genesis.Did.Value, (await GetAsync(path)).Ok().GetProperty("id").GetString());
    }

    [Theory]
    [InlineData(""), InlineData("{"), InlineData("null"), InlineData("[]"), InlineData("\"x\""), InlineData("1"), InlineData("{}"), InlineData("""{"type":1}""")]
    [InlineData("""{"type":"plc_operation"}"""), InlineData("""{"type":"plc_tombstone","prev":"x","sig":"y"}"""), InlineData("""{"type":"create","prev":null,"sig":""}""")]
    [InlineData("""{"type":"plc_operation","rotationKeys":[],"verificationMethods":{"a":{"$link":"x"}},"alsoKnownAs":[],"services":{},"prev":null,"sig":""}""")]
    [InlineData("{\"type\":\"\\ud800\"}"), InlineData("{\"type\":1e999}"), InlineData("{\"sig\":1.5}")]
    public async Task Refuses_what_is_no_operation(string body)
    {
        var answer = await PostAsync("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa", body);

        Assert.Equal(400, (int)answer.Status);
        Assert.StartsWith("Not a valid operation", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_text_that_is_not_text_and_nests_without_end()
    {
        var deep = await PostAsync("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa", $"{string.Concat(Enumerable.Repeat("{\"a\":", 2000))}1{new string('}', 2000)}");
        var notUtf8 = await pds.Anyone.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/plc/did:plc:aaaaaaaaaaaaaaaaaaaaaaaa")
        {
            Content = new ByteArrayContent([(byte)'{', (byte)'"', 0xff, (byte)'"', (byte)':', (byte)'1', (byte)'}']),
        });

        Assert.Equal(400, (int)deep.Status);
        Assert.Equal(400, (int)notUtf8.Status);
    }

    [Fact]
    public async Task Refuses_an_operation_for_a_did_that_it_does_not_make()
    {
        var genesis = NewIdentity();

        foreach (var did in new[] { "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa", "did:plc:short", "did:web:example.com", "nonsense" })
            Assert.Equal(400, (int)(await PostAsync(did, genesis.Operation)).Status);
    }

    [Fact]
    public async Task Reads_no_more_than_it_must()
    {
        var answer = await PostAsync("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa", new string(' ', (16 * 1024) + 1));

        Refused(answer, 413, "request entity too large");
    }

    [Fact]
    public async Task Holds_the_accounts_of_the_server()
    {
        var alice = await pds.SignUpAsync();

        var document = (await GetAsync($"/plc/{alice.Did}")).Ok();

        Assert.Equal($"at://{alice.Handle}", document.GetProperty("alsoKnownAs")[0].GetString());
        Assert.Equal(pds.Url, document.GetProperty("service")[0].GetProperty("serviceEndpoint").GetString());
    }

    private static ISigningKey NewKey(PdsFixture pds)
    {
        var keys = pds.Services.GetRequiredService<IKeyFactory>();
        return keys.Import(keys.Generate(Curve.K256));
    }

    private static JsonElement Json(PlcOperation operation) => JsonDocument.Parse(operation.ToJson()).RootElement;

    private static List<JsonElement> Lines(XrpcAnswer answer) => [.. answer.Text.Split('\n').Select(line => JsonDocument.Parse(line).RootElement)];

    private static void Refused(XrpcAnswer answer, int status, string message)
    {
        Assert.Equal($"{status} {message}", $"{(int)answer.Status} {answer.Message}");
        Assert.Equal("application/json; charset=utf-8", answer.Headers["Content-Type"]);
    }

    private PlcGenesis NewIdentity() => PlcGenesis.Create(PlcState.Of([_key.PublicKey], NewKey(pds).PublicKey, Handle.Parse("alice.test"), Pds), _key);

    private Task<XrpcAnswer> GetAsync(string path) => pds.Anyone.SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    private Task<XrpcAnswer> PostAsync(string did, PlcOperation operation) => PostAsync(did, operation.ToJson());

    private Task<XrpcAnswer> PostAsync(string did, string body) =>
        pds.Anyone.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"/plc/{did}") { Content = new StringContent(body, Encoding.UTF8, "application/json") });
}
