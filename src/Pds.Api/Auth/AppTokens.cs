using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.OAuth;

namespace Pds.Api.Auth;

/// <summary>The access tokens of OAuth sessions: JWTs (RFC 9068) that are bound to a DPoP key (RFC 9449 §6.1) and name their session, where all that they are good for is kept (docs/adr/0030).</summary>
internal sealed class AppTokens : IAccessTokenIssuer
{
    private const string Type = "at+jwt";
    private const string SessionClaim = "sid";
    private const int IdBytes = 16;

    private readonly ServiceOptions _service;
    private readonly TimeProvider _time;
    private readonly SigningCredentials _signing;
    private readonly TokenValidationParameters _anyAge;
    private readonly TokenValidationParameters _current;
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false, MapInboundClaims = false };

    public AppTokens(SecretOptions secrets, ServiceOptions service, TimeProvider time)
    {
        (_service, _time) = (service, time);
        _signing = new SigningCredentials(SessionTokens.KeyOf(secrets), SecurityAlgorithms.HmacSha256);
        _anyAge = new TokenValidationParameters
        {
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            ValidTypes = [Type],
            IssuerSigningKey = _signing.Key,
            ValidIssuer = service.PublicUrl,
            ValidAudience = service.Did.Value,
            ValidateLifetime = false,
        };
        _current = _anyAge.Clone();
        _current.ValidateLifetime = true;
        _current.LifetimeValidator = (_, expires, _, _) => expires > time.GetUtcNow().UtcDateTime ? true : throw new SecurityTokenExpiredException();
    }

    public string Issue(OAuthSession session, DateTimeOffset expiresAt) => _handler.CreateToken(new SecurityTokenDescriptor
    {
        TokenType = Type,
        Issuer = _service.PublicUrl,
        Audience = _service.Did.Value,
        IssuedAt = _time.GetUtcNow().UtcDateTime,
        Expires = expiresAt.UtcDateTime,
        Claims = new Dictionary<string, object>
        {
            [JwtRegisteredClaimNames.Sub] = session.Did.Value,
            [JwtRegisteredClaimNames.Jti] = $"tok-{RandomNumberGenerator.GetHexString(2 * IdBytes, lowercase: true)}",
            [SessionClaim] = session.Id,
            ["client_id"] = session.Client.Value,
            ["cnf"] = new Dictionary<string, object> { ["jkt"] = session.KeyThumbprint },
        },
        SigningCredentials = _signing,
    });

    public async Task<string?> FindSessionAsync(string token)
    {
        var result = await _handler.ValidateTokenAsync(token, _anyAge);
        return result.IsValid ? result.ClaimsIdentity.FindFirst(SessionClaim)?.Value : null;
    }

    /// <summary>The session of a token that is good now.</summary>
    /// <exception cref="OAuthException">invalid_token.</exception>
    public async Task<string> ReadAsync(string token)
    {
        var result = await _handler.ValidateTokenAsync(token, _current);
        if (result.Exception is SecurityTokenExpiredException) throw OAuthException.InvalidToken("Token expired");
        return result.IsValid && result.ClaimsIdentity.FindFirst(SessionClaim) is Claim { Value: var session } ? session : throw OAuthException.InvalidToken("Malformed token");
    }
}
