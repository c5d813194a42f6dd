using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Mail;
using Pds.Application.Ports;
using Pds.Infrastructure.Persistence;

namespace Pds.TestKit;

/// <summary>What tests do with codes that come by mail, and sessions of every kind to try the methods with.</summary>
public static class EmailCodes
{
    /// <summary>Asks for a code and reads it from the mail.</summary>
    public static async Task<string> AskForCodeAsync<TLetter>(this PdsFixture pds, Actor actor, string method, object? body = null) where TLetter : Letter.WithCode
    {
        (await actor.PostAsync(method, body)).Ok();
        return pds.Mail.LastCode<TLetter>(actor);
    }

    public static Task<string> AskToConfirmAsync(this PdsFixture pds, Actor actor) =>
        pds.AskForCodeAsync<Letter.ConfirmEmail>(actor, "com.atproto.server.requestEmailConfirmation");

    public static Task<string> AskToUpdateAsync(this PdsFixture pds, Actor actor) =>
        pds.AskForCodeAsync<Letter.UpdateEmail>(actor, "com.atproto.server.requestEmailUpdate");

    public static Task<string> AskToResetAsync(this PdsFixture pds, Actor actor) =>
        pds.AskForCodeAsync<Letter.ResetPassword>(actor, "com.atproto.server.requestPasswordReset", new { email = actor.Email });

    public static Task<string> AskToSignAsync(this PdsFixture pds, Actor actor) =>
        pds.AskForCodeAsync<Letter.PlcOperation>(actor, "com.atproto.identity.requestPlcOperationSignature");

    public static async Task ConfirmEmailAsync(this PdsFixture pds, Actor actor)
    {
        var code = await pds.AskToConfirmAsync(actor);
        (await actor.PostAsync("com.atproto.server.confirmEmail", new { email = actor.Email, token = code })).Ok();
    }

    /// <summary>The mail server is out of order until this is disposed of.</summary>
    public static IDisposable WithoutMail(this PdsFixture pds) => new Outage(pds.Mail);

    /// <summary>How many codes of an account are alive.</summary>
    public static int CountCodes(this PdsFixture pds, Actor actor)
    {
        using var scope = pds.Services.CreateScope();
        return scope.ServiceProvider.GetRequiredService<PdsDbContext>().EmailTokens.Count(token => token.Did == actor.Did);
    }

    /// <summary>The actor in a session of another kind, such as one that began with an app password.</summary>
    public static XrpcClient InSession(this PdsFixture pds, Actor actor, SessionScope scope) => new(pds.Url)
    {
        Authorization = $"Bearer {pds.Services.GetRequiredService<ITokenIssuer>().IssueAccess(actor.Did, scope)}",
    };

    private sealed class Outage : IDisposable
    {
        private readonly CapturedMail _mail;

        public Outage(CapturedMail mail)
        {
            _mail = mail;
            _mail.Failure = XrpcException.UpstreamFailure("The mail server cannot be reached");
        }

        public void Dispose() => _mail.Failure = null;
    }
}
