using System.Text.Json;
using Pds.Domain.Syntax;

namespace Pds.TestKit;

/// <summary>Signs identities up that exist already, as a client does that moves an account.</summary>
public static class MovingIn
{
    public const string Method = "com.atproto.server.createAccount";

    /// <summary>Asks for an account for an identity, with a token that proves it; handles and addresses are those of the test.</summary>
    public static Task<XrpcAnswer> CreateAccountAsync(this PdsFixture pds, string token, Did did, string handle, string? inviteCode = null) =>
        new XrpcClient(pds.Url) { Authorization = $"Bearer {token}" }.PostAsync(Method, inviteCode is null
            ? new { handle, email = $"{handle}@example.com", password = PasswordOf(handle), did = did.Value }
            : new { handle, email = $"{handle}@example.com", password = PasswordOf(handle), did = did.Value, inviteCode });

    /// <summary>Takes a stranger in.</summary>
    public static async Task<Actor> TakeInAsync(this PdsFixture pds, Stranger stranger, string handle) =>
        pds.ActorOf((await pds.CreateAccountAsync(stranger.Token(Method), stranger.Did, handle)).Ok(), handle);

    /// <summary>Signs somebody up with a did:web that is the handle itself, a name of the server's.</summary>
    public static async Task<Actor> SignUpAsDidWebAsync(this PdsFixture pds, string handle) => pds.ActorOf(
        (await pds.Anyone.PostAsync(Method, new { handle, email = $"{handle}@example.com", password = PasswordOf(handle), did = $"did:web:{handle}" })).Ok(), handle);

    private static Actor ActorOf(this PdsFixture pds, JsonElement session, string handle) => new(pds.Url, session, PasswordOf(handle));

    private static string PasswordOf(string handle) => $"password of {handle}";
}
