using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Pds.Api.Auth;
using Pds.Application.Accounts.Factors;
using Pds.Application.Ports;
using Pds.Domain.Accounts;

namespace Pds.TestKit;

/// <summary>What tests do with passwords, app passwords and second factors.</summary>
public static class SigningIn
{
    public static Task<XrpcAnswer> SignInAsync(this PdsFixture pds, Actor actor, string password, string? code = null) =>
        pds.Anyone.PostAsync("com.atproto.server.createSession", code is null
            ? new { identifier = actor.Handle, password }
            : new { identifier = actor.Handle, password, authFactorToken = code });

    /// <summary>Makes an app password and answers with it.</summary>
    public static async Task<string> CreateAppPasswordAsync(this Actor actor, string name = "my app", bool privileged = false) =>
        (await actor.PostAsync("com.atproto.server.createAppPassword", new { name, privileged })).Ok().GetProperty("password").GetString()!;

    /// <summary>The same user in a session that began with a new app password.</summary>
    public static async Task<Actor> SignInToAppAsync(this PdsFixture pds, Actor actor, string name = "my app", bool privileged = false)
    {
        var password = await actor.CreateAppPasswordAsync(name, privileged);
        return new Actor(pds.Url, (await pds.SignInAsync(actor, password)).Ok(), password);
    }

    /// <summary>Has sign-ins to an account ask for a code by mail.</summary>
    public static async Task UseMailFactorAsync(this PdsFixture pds, Actor actor)
    {
        await pds.ConfirmEmailAsync(actor);
        (await actor.PostAsync("com.atproto.server.updateEmail", new { email = actor.Email, emailAuthFactor = true })).Ok();
    }

    /// <summary>Sets up an authenticator app, with the code of a moment.</summary>
    public static async Task<AuthenticatorApp> SetUpTotpAsync(this PdsFixture pds, Actor actor, DateTimeOffset moment)
    {
        var authenticator = new AuthenticatorApp(await pds.SendAsync(actor, new BeginTotp(Secret.Of(actor.Password))));
        var backup = await pds.SendAsync(actor, new ConfirmTotp(Secret.Of(authenticator.CodeAt(moment))));
        authenticator.BackupCodes = [.. backup.Codes.Select(code => code.Reveal())];
        return authenticator;
    }

    /// <summary>Sends a request that has no route, as an account: what the account's pages do.</summary>
    public static async Task<TOutput> SendAsync<TOutput>(this PdsFixture pds, Actor actor, IRequest<TOutput> request)
    {
        await using var scope = pds.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<HttpCaller>().Account = await scope.ServiceProvider.GetRequiredService<IAccountStore>().FindAsync(actor.Did, CancellationToken.None);
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }
}
