using System.Text;
using System.Text.Json;
using Pds.TestKit;

namespace Pds.Api.Tests.Auth;

/// <summary>A call, and whose it is to make, by the kinds of sessions and scopes of <see cref="PermissionTableTests"/>.</summary>
/// <param name="Method">The method.</param>
/// <param name="Sessions">The least session that may: <c>full</c>, <c>privileged</c> or <c>any</c>.</param>
/// <param name="Apps">The kinds of scopes any of which is enough; <c>any</c> for all, <c>none</c> for a method that is not for apps.</param>
/// <param name="Query">Its parameters; null for none.</param>
/// <param name="Body">Its body, if what is allowed depends on it; without one a procedure that is allowed says so by missing its body.</param>
/// <param name="Type">The body's type.</param>
/// <param name="IsProcedure">Whether it changes something.</param>
public sealed record GuardedCall(string Method, string Sessions, string Apps, string? Query = null, object? Body = null, string Type = "application/json", bool IsProcedure = false)
{
    /// <summary>A procedure.</summary>
    public static GuardedCall Post(string method, string sessions, string apps, object? body = null, string type = "application/json") =>
        new(method, sessions, apps, Body: body, Type: type, IsProcedure: true);

    public Task<XrpcAnswer> SendAsync(XrpcClient client)
    {
        var request = new HttpRequestMessage(IsProcedure ? HttpMethod.Post : HttpMethod.Get, $"/xrpc/{Method}{(Query is null ? "" : $"?{Query}")}");
        if (Body is not null)
        {
            request.Content = new ByteArrayContent(Body as byte[] ?? Encoding.UTF8.GetBytes(JsonSerializer.Serialize(Body)));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", Type);
        }

        return client.SendAsync(request);
    }

    public override string ToString() => Query is null ? Method : $"{Method}?{Query}";
}
