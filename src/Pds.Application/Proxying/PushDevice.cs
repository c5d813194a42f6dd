using System.Text.Json;
using Pds.Domain.Syntax;

namespace Pds.Application.Proxying;

/// <summary>A device that a notification service tells of what happens, as apps name it.</summary>
/// <param name="Service">The service.</param>
/// <param name="Token">What the device's platform gave the app.</param>
/// <param name="Platform">The device's platform; the service knows which there are.</param>
/// <param name="AppId">The app.</param>
/// <param name="More">What apps say besides: it is for the service to understand.</param>
internal sealed record PushDevice(Did Service, string Token, string Platform, string AppId, IReadOnlyDictionary<string, JsonElement> More)
{
    /// <summary>The body of the call to the service. What is named here comes last, so that nothing else takes its place.</summary>
    public IReadOnlyDictionary<string, object?> ToFields()
    {
        var fields = More.ToDictionary(field => field.Key, field => (object?)field.Value);
        (fields["serviceDid"], fields["token"], fields["platform"], fields["appId"]) = (Service.Value, Token, Platform, AppId);
        return fields;
    }
}
