using Pds.Application.OAuth.Checks;
using Pds.Domain.OAuth;
using Pds.Domain.OAuth.Scopes;

namespace Pds.Application.Tests.OAuth;

/// <summary>What a grant amounts to.</summary>
public sealed class GrantedScopesTests
{
    private readonly NoLexicons _network = new();

    [Fact]
    public async Task What_a_permission_set_holds_takes_its_place() => Assert.Equal(
        "atproto repo:app.example.post?action=create&action=delete rpc:app.example.getFeed?aud=did:web:api.example.com%23svc blob:*/*",
        await ExpandAsync("atproto include:app.example.authFull?aud=did:web:api.example.com%23svc blob:*/*"));

    [Fact]
    public async Task The_operators_own_documents_come_before_the_networks()
    {
        await ExpandAsync("include:app.example.authFull");

        Assert.Empty(_network.Asked);
    }

    [Fact]
    public async Task A_set_that_is_not_to_be_had_is_no_scope()
    {
        var refusal = await Assert.ThrowsAsync<OAuthException>(() => ExpandAsync("atproto include:app.example.nothing"));

        Assert.Equal(("invalid_scope", "Could not resolve Lexicon for NSID (app.example.nothing)"), (refusal.Error, refusal.Message));
        Assert.Single(_network.Asked);
    }

    [Fact]
    public async Task Many_sets_are_too_many_to_look_up()
    {
        var scopes = string.Join(' ', Enumerable.Range(0, 17).Select(i => $"include:app.example.set{i}"));

        Assert.Equal("invalid_scope", (await Assert.ThrowsAsync<OAuthException>(() => ExpandAsync(scopes))).Error);
        Assert.Empty(_network.Asked);
    }

    private async Task<string> ExpandAsync(string scope) =>
        (await new GrantedScopes(NoLexicons.With(_network, NoLexicons.Set)).ExpandAsync(ScopeSet.Parse(scope), CancellationToken.None)).ToString();
}
