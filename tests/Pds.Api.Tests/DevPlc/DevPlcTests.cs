using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.Data;
using Pds.Domain.Plc;
using Pds.Domain.Syntax;
using Pds.TestKit;

namespace Pds.Api.Tests.DevPlc;

/// <summary>The embedded directory speaks as the public one does (https://web.plc.directory/api/redoc): other programs are pointed at it.</summary>
public sealed class DevPlcTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string Unknown = "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa";

    private readonly ISigningKey _key = NewKey(pds);

    private PlcState State => PlcState.Of([_key.PublicKey], _key.PublicKey, Handle.Parse("alice.test"), new Uri("https://pds.example.com"));

    [Fact]
    public async Task Says_OK_to_an_operation_and_shows_what_it_made()
    {
        var genesis = PlcGenesis.Create(State, _key);

        var answer = await SubmitAsync(genesis.Did.Value, genesis.Operation.ToJson());

        Assert.Equal((HttpStatusCode.OK, "OK"), (answer.Status, answer.Text));
        var document = await GetAsync($"/{genesis.Did}");
        Assert.Equal("application/did+ld+json; charset=utf-8", document.Headers["Content-Type"]);
        Assert.Equal(
            $$"""
            {"@context":["https://www.w3.org/ns/did/v1","https://w3id.org/security/multikey/v1","https://w3id.org/security/suites/secp256k1-2019/v1"],"id":"{{genesis.Did}}","alsoKnownAs":["at://alice.test"],"verificationMethod":[{"id":"{{genesis.Did}}#atproto","type":"Multikey","controller":"{{genesis.Did}}","publicKeyMultibase":"{{_key.PublicKey.ToString()["did:key:".Length..]}}"}],"service":[{"id":"#atproto_pds","type":"AtprotoPersonalDataServer","serviceEndpoint":"https://pds.example.com"}]}
            """,
            document.Text);
    }

    [Fact]
    public async Task Shows_data_and_the_three_logs()
    {
        var genesis = await RegisterAsync();
        var update = PlcRegularOperation.Sign(State.WithHandle(Handle.Parse("renamed.test")), genesis.Operation.Cid, _key);
        await SubmitAsync(genesis.Did.Value, update.ToJson());

        var data = (await GetAsync($"/{genesis.Did}/data")).Ok();
        Assert.Equal(["did", "verificationMethods", "rotationKeys", "alsoKnownAs", "services"], data.EnumerateObject().Select(field => field.Name));
        Assert.Equal("at://renamed.test", data.GetProperty("alsoKnownAs")[0].GetString());

        var log = (await GetAsync($"/{genesis.Did}/log")).Ok();
        Assert.Equal([genesis.Operation.Cid, update.Cid], log.EnumerateArray().Select(CidOf));
        Assert.Equal(update.Cid, CidOf((await GetAsync($"/{genesis.Did}/log/last")).Ok()));

        var audit = (await GetAsync($"/{genesis.Did}/log/audit")).Ok()[1];
        Assert.Equal(["did", "operation", "cid", "nullified", "createdAt"], audit.EnumerateObject().Select(field => field.Name));
        Assert.Equal((genesis.Did.Value, update.Cid.ToString(), false), (Text(audit, "did"), Text(audit, "cid"), audit.GetProperty("nullified").GetBoolean()));
        Assert.True(AtDatetime.TryParse(Text(audit, "createdAt"), out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/data")]
    [InlineData("/log")]
    [InlineData("/log/audit")]
    [InlineData("/log/last")]
    public async Task Knows_no_did_that_was_never_registered(string path)
    {
        foreach (var name in new[] { Unknown, "nonsense" })
        {
            var answer = await GetAsync($"/{name}{path}");

            Assert.Equal(HttpStatusCode.NotFound, answer.Status);
            Assert.Equal($$"""{"message":"DID not registered: {{name}}"}""", answer.Text);
        }
    }

    [Fact]
    public async Task Shows_of_an_identity_that_is_no_more_its_log_alone()
    {
        var genesis = await RegisterAsync();
        await SubmitAsync(genesis.Did.Value, PlcTombstone.Sign(genesis.Operation.Cid, _key).ToJson());

        var document = await GetAsync($"/{genesis.Did}");
        Assert.Equal((HttpStatusCode.NotFound, $"DID not available: {genesis.Did}"), (document.Status, document.Message));
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync($"/{genesis.Did}/data")).Status);
        Assert.Equal(2, (await GetAsync($"/{genesis.Did}/log")).Ok().GetArrayLength());
        Assert.Equal("plc_tombstone", Text((await GetAsync($"/{genesis.Did}/log/last")).Ok(), "type"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("x")]
    [InlineData("")]
    [InlineData("""{"type":"plc_operation"}""")]
    public async Task Refuses_what_is_no_operation(string body)
    {
        var answer = await SubmitAsync(Unknown, body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.StartsWith("Not a valid operation", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_an_operation_of_another_did_one_by_a_stranger_and_one_too_many()
    {
        var genesis = await RegisterAsync();
        var other = PlcGenesis.Create(State.WithHandle(Handle.Parse("other.test")), _key);

        Assert.Equal(
            $"Hash of genesis operation does not match DID identifier: {other.Did}", (await SubmitAsync(Unknown, other.Operation.ToJson())).Message);
        Assert.StartsWith(
            "Invalid signature on op", (await SubmitAsync(genesis.Did.Value, PlcRegularOperation.Sign(State, genesis.Operation.Cid, NewKey(pds)).ToJson())).Message, StringComparison.Ordinal);
        Assert.Equal("Operations not correctly ordered", (await SubmitAsync(genesis.Did.Value, genesis.Operation.ToJson())).Message);
    }

    [Fact]
    public async Task Refuses_a_body_that_is_too_long_and_answers_the_next_request_all_the_same()
    {
        var genesis = PlcGenesis.Create(State, _key);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await SubmitAsync(Unknown, new string(' ', 20_000))).Status);
        Assert.Equal(HttpStatusCode.OK, (await SubmitAsync(genesis.Did.Value, genesis.Operation.ToJson())).Status);
    }

    [Fact]
    public async Task Exports_everything_in_order_a_line_each_and_goes_on_where_a_page_ended()
    {
        for (var i = 0; i < 3; i++) await RegisterAsync(i);

        var first = await GetAsync("/export?count=2");
        Assert.Equal("application/jsonlines", first.Headers["Content-Type"]);
        var lines = first.Text.Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(2, lines.Count);
        Assert.Equal(["did", "operation", "cid", "nullified", "createdAt"], lines[0].EnumerateObject().Select(field => field.Name));

        var next = await GetAsync($"/export?count=1&after={Uri.EscapeDataString(Text(lines[0], "createdAt"))}");
        Assert.Equal(lines[1].GetRawText(), next.Text);
    }

    [Theory]
    [InlineData("count=0")]
    [InlineData("count=-1")]
    [InlineData("count=x")]
    [InlineData("after=x")]
    public async Task Refuses_an_export_that_makes_no_sense(string query) => Assert.Equal(HttpStatusCode.BadRequest, (await GetAsync($"/export?{query}")).Status);

    [Fact]
    public async Task Is_well_and_open_to_any_page()
    {
        Assert.NotEmpty(Text((await GetAsync("/_health")).Ok(), "version"));
        Assert.Equal("*", (await GetAsync($"/{Unknown}")).Headers["Access-Control-Allow-Origin"]);
    }

    private async Task<PlcGenesis> RegisterAsync(int number = 0)
    {
        var genesis = PlcGenesis.Create(State.WithHandle(Handle.Parse($"alice{number}.test")), _key);
        Assert.Equal(HttpStatusCode.OK, (await SubmitAsync(genesis.Did.Value, genesis.Operation.ToJson())).Status);
        return genesis;
    }

    private Task<XrpcAnswer> GetAsync(string path) => pds.Anyone.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/plc{path}"));

    private Task<XrpcAnswer> SubmitAsync(string name, string body) => pds.Anyone.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"/plc/{name}")
    {
        Content = new StringContent(body, Encoding.UTF8, "application/json"),
    });

    private static Cid CidOf(JsonElement operation) => PlcOperation.Parse(Encoding.UTF8.GetBytes(operation.GetRawText())).Cid;

    private static string Text(JsonElement json, string field) => json.GetProperty(field).GetString()!;

    private static ISigningKey NewKey(PdsFixture pds) => pds.Services.GetRequiredService<IKeyFactory>().Import(PrivateKey.Generate(Curve.K256));
}
