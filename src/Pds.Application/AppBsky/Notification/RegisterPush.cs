using System.Text.Json;
using System.Text.Json.Serialization;
using MediatR;
using Pds.Application.Pipeline;
using Pds.Application.Proxying;
using Pds.Domain.Syntax;

namespace Pds.Application.AppBsky.Notification;

/// <summary><c>app.bsky.notification.registerPush</c>: the app on one of the caller's devices wants to be told of what happens.</summary>
/// <param name="ServiceDid">The service that tells; this server passes the call on to it.</param>
/// <param name="Token">What the device's platform gave the app.</param>
/// <param name="Platform"><c>ios</c>, <c>android</c> or <c>web</c>; the service knows which.</param>
/// <param name="AppId">The app.</param>
/// <param name="AgeRestricted">Whether the owner of the device is too young for some of it.</param>
public sealed record RegisterPush(Did ServiceDid, string Token, string Platform, string AppId, bool? AgeRestricted = null) : ICommand<Unit>
{
    private static readonly Nsid Method = Nsid.Parse("app.bsky.notification.registerPush");

    /// <summary>What apps say besides: it is for the service to understand.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; init; }

    internal sealed class Handler(PushRegistration registration) : IRequestHandler<RegisterPush, Unit>
    {
        public async Task<Unit> Handle(RegisterPush command, CancellationToken ct)
        {
            var more = new Dictionary<string, JsonElement>(command.More ?? []);
            if (command.AgeRestricted is { } ageRestricted) more["ageRestricted"] = JsonSerializer.SerializeToElement(ageRestricted);
            await registration.SendAsync(Method, new PushDevice(command.ServiceDid, command.Token, command.Platform, command.AppId, more), ct);
            return Unit.Value;
        }
    }
}
