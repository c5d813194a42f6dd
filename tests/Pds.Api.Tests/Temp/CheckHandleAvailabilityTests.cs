using System.Text.Json;
using Pds.TestKit;

namespace Pds.Api.Tests.Temp;

public sealed class CheckHandleAvailabilityTests(CheckHandleAvailabilityTests.WithTwoDomains pds) : IClassFixture<CheckHandleAvailabilityTests.WithTwoDomains>
{
    private const string CheckHandleAvailability = "com.atproto.temp.checkHandleAvailability";

    [Fact]
    public async Task A_handle_that_nobody_has_is_available() => Assert.Equal(
        """{"handle":"nobody-yet.test","result":{"$type":"com.atproto.temp.checkHandleAvailability#resultAvailable"}}""",
        (await CheckAsync("Nobody-Yet.test")).Ok().GetRawText());

    [Theory]
    [InlineData("active")]
    [InlineData("deactivated")]
    [InlineData("takendown")]
    public async Task A_handle_that_somebody_has_is_not_whatever_state_they_are_in(string state)
    {
        var alice = await pds.SignUpAsync();
        if (state == "deactivated") await pds.DeactivateAsync(alice.Did);
        if (state == "takendown") await pds.TakeDownAsync(alice.Did);

        Assert.Equal($"{CheckHandleAvailability}#resultUnavailable", ResultOf(await CheckAsync(alice.Handle)).GetProperty("$type").GetString());
    }

    [Fact]
    public async Task Suggests_handles_that_are_free_and_can_be_had()
    {
        var alice = await pds.SignUpAsync();

        var suggestions = await SuggestionsAsync(alice.Handle, email: "a.smith@example.com", birthDate: "1984-05-06T00:00:00Z");

        Assert.Equal(["email", "birthYear", "domain", "number", "number"], suggestions.Select(suggestion => suggestion.Method));
        Assert.Equal("asmith.test", suggestions[0].Handle);
        Assert.EndsWith("84.test", suggestions[1].Handle, StringComparison.Ordinal);
        Assert.EndsWith(".people.test", suggestions[2].Handle, StringComparison.Ordinal);
        foreach (var (handle, _) in suggestions)
            (await pds.Anyone.PostAsync("com.atproto.server.createAccount", new { handle, email = $"{handle}@example.com", password = "password" })).Ok();
    }

    [Fact]
    public async Task Suggests_nothing_that_is_taken()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));

        var suggestions = await SuggestionsAsync(alice.Handle, email: $"{bob.Handle[..^".test".Length]}@example.com");

        Assert.NotEmpty(suggestions);
        Assert.DoesNotContain(suggestions, suggestion => suggestion.Handle == bob.Handle || suggestion.Handle == alice.Handle);
    }

    [Fact]
    public async Task Does_not_tell_whether_an_address_has_an_account()
    {
        var alice = await pds.SignUpAsync();

        var known = await CheckAsync("quite-new.test", alice.Email);
        var unknown = await CheckAsync("quite-new.test", "somebody-else@example.com");

        Assert.Equal(unknown.Text, known.Text);
    }

    [Theory]
    [InlineData("admin.test")]
    [InlineData("ab.test")]
    [InlineData("much-longer-than-any-handle-may-be.test")]
    [InlineData("a.b.test")]
    [InlineData("alice.example.com")]
    [InlineData("alice.onion")]
    public async Task A_handle_that_nobody_can_sign_up_with_is_not_available_and_names_like_it_are_suggested(string handle)
    {
        var suggestions = await SuggestionsAsync(handle);

        Assert.NotEmpty(suggestions);
        Assert.All(suggestions, suggestion => Assert.EndsWith(".test", suggestion.Handle, StringComparison.Ordinal));
        Assert.Equal(suggestions.Select(suggestion => suggestion.Handle).Distinct(), suggestions.Select(suggestion => suggestion.Handle));
    }

    [Fact]
    public async Task Refuses_what_is_no_handle_no_address_or_no_date()
    {
        (await pds.Anyone.GetAsync(CheckHandleAvailability)).Refused(400, "InvalidRequest");
        (await CheckAsync("no handle")).Refused(400, "InvalidRequest");
        (await CheckAsync("fine.test", email: "nobody")).Refused(400, "InvalidEmail");
        (await CheckAsync("fine.test", birthDate: "yesterday")).Refused(400, "InvalidRequest");
    }

    private static JsonElement ResultOf(XrpcAnswer answer) => answer.Ok().GetProperty("result");

    private Task<XrpcAnswer> CheckAsync(string handle, string? email = null, string? birthDate = null) =>
        pds.Anyone.GetAsync(CheckHandleAvailability, new { handle, email, birthDate });

    private async Task<List<(string Handle, string Method)>> SuggestionsAsync(string handle, string? email = null, string? birthDate = null) =>
        [.. ResultOf(await CheckAsync(handle, email, birthDate)).GetProperty("suggestions").EnumerateArray()
            .Select(suggestion => (suggestion.GetProperty("handle").GetString()!, suggestion.GetProperty("method").GetString()!))];

    public sealed class WithTwoDomains : PdsFixture
    {
        protected override IReadOnlyDictionary<string, string> Settings =>
            new Dictionary<string, string> { ["Pds:Identity:HandleDomains:0"] = ".test", ["Pds:Identity:HandleDomains:1"] = ".people.test" };
    }
}
