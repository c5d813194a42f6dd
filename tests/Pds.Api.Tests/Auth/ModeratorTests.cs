using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Pds.Api.Auth;
using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Domain.Syntax;
using Pds.TestKit;

namespace Pds.Api.Tests.Auth;

/// <summary>Who may call a moderators' method: the administrator, and the moderation service that the operator has named. Asked of the authentication itself.</summary>
public sealed class ModeratorTests(PdsFixture pds) : IClassFixture<PdsFixture>, IAsyncLifetime
{
    private const string Method = "com.atproto.admin.updateSubjectStatus";

    private Stranger _service = null!;

    public async Task InitializeAsync() => _service = await Stranger.PublishAsync(pds);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task The_administrator_may()
    {
        var caller = await CallAsync(pds.Admin.Authorization);

        Assert.True(caller.IsAdmin);
        Assert.Null(caller.ServiceIssuer);
    }

    [Fact]
    public async Task The_moderation_service_may_with_its_own_key()
    {
        var caller = await CallAsync($"Bearer {_service.Token(Method)}");

        Assert.Equal((_service.Did, false, null), (caller.ServiceIssuer, caller.IsAdmin, caller.Account));
    }

    [Fact]
    public async Task Its_labeler_may_with_the_labelers_key_and_with_no_other()
    {
        var claims = _service.Claims(Method).With("iss", $"{_service.Did}#atproto_labeler");

        Assert.Equal(_service.Did, (await CallAsync($"Bearer {claims.Sign(_service.LabelKey)}")).ServiceIssuer);
        await RefusesAsync($"Bearer {claims.Sign(_service.Key)}", XrpcErrorKind.AuthenticationRequired, "BadJwtSignature");
        await RefusesAsync($"Bearer {_service.Claims(Method).Sign(_service.LabelKey)}", XrpcErrorKind.AuthenticationRequired, "BadJwtSignature");
    }

    [Fact]
    public async Task Anybody_elses_token_is_of_an_untrusted_issuer()
    {
        var other = await Stranger.PublishAsync(pds);

        await RefusesAsync($"Bearer {other.Token(Method)}", XrpcErrorKind.AuthenticationRequired, "UntrustedIss");
        await RefusesAsync($"Bearer {_service.Claims(Method).With("iss", $"{_service.Did}#atproto_pds").Sign(_service.Key)}", XrpcErrorKind.AuthenticationRequired, "UntrustedIss");
    }

    [Fact]
    public async Task Without_a_service_that_the_operator_named_everybody_is_untrusted() =>
        await RefusesAsync($"Bearer {_service.Token(Method)}", XrpcErrorKind.AuthenticationRequired, "UntrustedIss", trusted: null);

    [Fact]
    public async Task A_session_is_a_token_of_the_wrong_type_whether_there_is_a_service_or_not()
    {
        var alice = await pds.SignUpAsync();

        await RefusesAsync(alice.Authorization, XrpcErrorKind.AuthenticationRequired, "BadJwtType");
        await RefusesAsync(alice.Refreshing.Authorization, XrpcErrorKind.AuthenticationRequired, "BadJwtType");
        await RefusesAsync(alice.Authorization, XrpcErrorKind.AuthenticationRequired, "BadJwtType", trusted: null);
    }

    [Theory]
    [InlineData(null, XrpcErrorKind.AuthenticationRequired, "AuthenticationRequired")]
    [InlineData("Bearer garbage", XrpcErrorKind.AuthenticationRequired, "BadJwt")]
    [InlineData("DPoP x", XrpcErrorKind.AuthenticationRequired, "AuthenticationRequired")]
    [InlineData("Basic YWRtaW46d3Jvbmc=", XrpcErrorKind.AuthenticationRequired, "AuthenticationRequired")]
    [InlineData("Bearer a b", XrpcErrorKind.InvalidRequest, "InvalidToken")]
    [InlineData("Basic a b", XrpcErrorKind.InvalidRequest, "InvalidToken")]
    [InlineData("Foo x", XrpcErrorKind.InvalidRequest, "InvalidToken")]
    public async Task Refuses_a_header_like(string? header, XrpcErrorKind kind, string error) => await RefusesAsync(header, kind, error);

    [Fact]
    public async Task A_token_that_changes_something_is_good_for_one_call()
    {
        var token = _service.Token(Method);

        await CallAsync($"Bearer {token}");

        await RefusesAsync($"Bearer {token}", XrpcErrorKind.AuthenticationRequired, "BadJwt");
        await CallAsync($"Bearer {_service.Token(Method)}");
    }

    [Fact]
    public async Task The_same_id_signed_again_or_without_one_the_same_claims_are_the_same_token()
    {
        var (named, nameless) = (_service.Claims(Method), _service.Claims(Method).With("jti", null));

        await CallAsync($"Bearer {named.Sign(_service.Key)}");
        await RefusesAsync($"Bearer {named.With("iat", 1).Sign(_service.Key)}", XrpcErrorKind.AuthenticationRequired, "BadJwt");
        await CallAsync($"Bearer {nameless.Sign(_service.Key)}");
        await RefusesAsync($"Bearer {nameless.Sign(_service.Key)}", XrpcErrorKind.AuthenticationRequired, "BadJwt");
    }

    [Fact]
    public async Task A_token_that_was_refused_is_not_used_up()
    {
        var claims = _service.Claims(Method);
        await RefusesAsync($"Bearer {claims.Sign(_service.LabelKey)}", XrpcErrorKind.AuthenticationRequired, "BadJwtSignature");

        await CallAsync($"Bearer {claims.Sign(_service.Key)}");
    }

    [Fact]
    public async Task A_token_that_only_reads_may_be_sent_again()
    {
        var token = _service.Token(Method);

        await CallAsync($"Bearer {token}", HttpMethods.Get);
        await CallAsync($"Bearer {token}", HttpMethods.Get);
    }

    private Task<ICaller> CallAsync(string? header, string verb = "POST") => AuthenticateAsync(header, verb, _service.Did);

    private async Task RefusesAsync(string? header, XrpcErrorKind kind, string error)
    {
        var refusal = await Assert.ThrowsAsync<XrpcException>(() => AuthenticateAsync(header, HttpMethods.Post, _service.Did));
        Assert.Equal((kind, error), (refusal.Kind, refusal.Name));
    }

    private async Task RefusesAsync(string? header, XrpcErrorKind kind, string error, Did? trusted)
    {
        var refusal = await Assert.ThrowsAsync<XrpcException>(() => AuthenticateAsync(header, HttpMethods.Post, trusted));
        Assert.Equal((kind, error), (refusal.Kind, refusal.Name));
    }

    private async Task<ICaller> AuthenticateAsync(string? header, string verb, Did? trusted)
    {
        await using var scope = pds.Services.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        http.Request.Method = verb;
        http.Request.Headers.Authorization = header;
        http.SetEndpoint(new Endpoint(requestDelegate: null, new EndpointMetadataCollection(Nsid.Parse(Method)), displayName: null));

        var options = new ModerationOptions { Did = trusted };
        var services = ActivatorUtilities.CreateInstance<ServiceCredentials>(scope.ServiceProvider, options);
        await ActivatorUtilities.CreateInstance<Authenticator>(scope.ServiceProvider, services).AuthenticateAsync(http, Access.Moderator, CancellationToken.None);
        return scope.ServiceProvider.GetRequiredService<ICaller>();
    }
}
