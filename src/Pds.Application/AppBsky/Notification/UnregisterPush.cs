using System.Text.Json;
using System.Text.Json.Serialization;
using MediatR;
using Pds.Application.Pipeline;
using Pds.Application.Proxying;
using Pds.Domain.Syntax;

namespace Pds.Application.AppBsky.Notification;

/// <summary><c>app.bsky.notification.unregisterPush</c>: the app on one of the caller's devices is not told any more.</summary>
/// <param name="ServiceDid">The service that tells; this server passes the call on to it.</param>
/// <param name="Token">What the device's platform gave the app.</param>
/// <param name="Platform"><c>ios</c>, <c>android</c> or <c>web</c>; the service knows which.</param>
/// <param name="AppId">The app.</param>
public sealed record UnregisterPush(Did ServiceDid, string Token, string Platform, string AppId) : ICommand<Unit>
{
    private static readonly Nsid Method = Nsid.Parse("app.bsky.notification.unregisterPush");

    /// <summary>What apps say besides: it is for the service to understand.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; init; }

    internal sealed class Handler(PushRegistration registration) : IRequestHandler<UnregisterPush, Unit>
    {
        public async Task<Unit> Handle(UnregisterPush command, CancellationToken ct)
        {
            await registration.SendAsync(Method, new PushDevice(command.ServiceDid, command.Token, command.Platform, command.AppId, command.More ?? []), ct);
            return Unit.Value;
        }
    }
}
