using System.Text.Json;
using Pds.TestKit;

namespace Pds.Api.Tests.AppBsky.Notification;

public sealed class RegisterPushTests(ProxyingPds pds) : IClassFixture<ProxyingPds>
{
    private const string Method = "app.bsky.notification.registerPush";

    [Fact]
    public async Task Tells_the_service_that_the_call_names_in_the_callers_name()
    {
        var alice = await pds.SignUpAsync();

        foreach (var service in new[] { pds.AppView, pds.Other })
        {
            var answer = await alice.PostAsync(Method, new { serviceDid = service.Did.Value, token = "t", platform = "ios", appId = "a", newField = 1 });

            answer.Ok();
            Assert.Empty(answer.Body);
            var call = service.Calls[^1];
            Assert.Equal(($"/xrpc/{Method}", "application/json"), ((string?)call["target"], (string?)call["headers"]!["content-type"]));
            var body = JsonDocument.Parse((string)call["body"]!).RootElement;
            Assert.Equal(
                (service.Did.Value, "t", "ios", "a", 1),
                (body.GetProperty("serviceDid").GetString(), body.GetProperty("token").GetString(), body.GetProperty("platform").GetString(), body.GetProperty("appId").GetString(), body.GetProperty("newField").GetInt32()));
            var claims = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(((string)call["headers"]!["authorization"]!).Split('.')[1])).RootElement;
            Assert.Equal((alice.Did.Value, service.Did.Value, Method), (claims.GetProperty("iss").GetString(), claims.GetProperty("aud").GetString(), claims.GetProperty("lxm").GetString()));
        }
    }

    [Fact]
    public async Task Refuses_a_service_that_is_none()
    {
        var alice = await pds.SignUpAsync();

        Assert.Equal("could not resolve did document: did:plc:aaaaaaaaaaaaaaaaaaaaaaaa", (await SendAsync(alice, "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa")).Refused(400, "InvalidRequest").Message);
        Assert.Equal($"invalid notification service details in did document: {alice.Did}", (await SendAsync(alice, alice.Did.Value)).Refused(400, "InvalidRequest").Message);
        (await SendAsync(alice, "nobody")).Refused(400, "InvalidRequest");
        (await SendAsync(pds.Anyone, pds.Other.Did.Value)).Refused(401, "AuthMissing");
    }

    private static Task<XrpcAnswer> SendAsync(XrpcClient caller, string serviceDid) => caller.PostAsync(Method, new { serviceDid, token = "t", platform = "ios", appId = "a" });
}
