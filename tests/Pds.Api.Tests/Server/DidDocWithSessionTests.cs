using Pds.TestKit;

namespace Pds.Api.Tests.Server;

/// <summary>Where the operator wants the DID document in session answers.</summary>
public sealed class DidDocWithSessionTests(DidDocWithSessionTests.WithDocuments pds) : IClassFixture<DidDocWithSessionTests.WithDocuments>
{
    [Fact]
    public async Task Every_session_answer_carries_it()
    {
        var alice = await pds.SignUpAsync();

        var answers = new[]
        {
            await alice.GetAsync("com.atproto.server.getSession"),
            await alice.PostAsync("com.atproto.server.createSession", new { identifier = alice.Handle, password = alice.Password }),
            await alice.Refreshing.PostAsync("com.atproto.server.refreshSession"),
        };

        Assert.All(answers, answer => Assert.Equal(alice.Did.Value, answer.Ok().GetProperty("didDoc").GetProperty("id").GetString()));
    }

    public sealed class WithDocuments : PdsFixture
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Pds:Identity:DidDocWithSession"] = "true" };
    }
}
