using System.Text;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Pds.Application.Accounts;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Api.Auth;

/// <summary>Session tokens: HS256 JWTs whose header says which kind they are. Writes them; says how JwtBearer must read them.</summary>
internal sealed class SessionTokens(SecretOptions secrets, ServiceOptions service, TimeProvider time) : ITokenIssuer
{
    /// <summary>The two authentication schemes, one for each kind of token.</summary>
    public const string AccessScheme = "access";
    public const string RefreshScheme = "refresh";
    public const string ScopeClaim = "scope";

    /// <summary>The id of the app password that began the session: ours alone, clients do not read it.</summary>
    public const string AppPasswordClaim = "app_password";

    /// <summary>When a token was issued, in milliseconds: <c>iat</c> has seconds, and a session that began in the same second as all were ended is over as well. Ours alone.</summary>
    public const string MomentClaim = "iat_ms";

    private const int LeastKeyLength = 32;
    private const string AccessType = "at+jwt";
    private const string RefreshType = "refresh+jwt";

    private static readonly TimeSpan AccessLifetime = TimeSpan.FromMinutes(120);

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false, MapInboundClaims = false };
    private readonly SigningCredentials _signing = new(KeyOf(secrets), SecurityAlgorithms.HmacSha256);

    public string IssueAccess(Did did, SessionScope scope, string? appPasswordId = null)
    {
        var now = time.GetUtcNow();
        return Issue(AccessType, did, scope, now, now + AccessLifetime, AppPasswordClaim, appPasswordId);
    }

    public string IssueRefresh(RefreshToken token) =>
        Issue(RefreshType, token.Did, SessionScope.Refresh, time.GetUtcNow(), token.ExpiresAt, JwtRegisteredClaimNames.Jti, token.Id);

    /// <summary>How JwtBearer reads tokens of one scheme.</summary>
    public static void Configure(JwtBearerOptions options, string scheme, SecretOptions secrets, ServiceOptions service, TimeProvider time)
    {
        options.MapInboundClaims = false;
        options.TimeProvider = time;
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            ValidTypes = [scheme == AccessScheme ? AccessType : RefreshType],
            IssuerSigningKey = KeyOf(secrets),
            ValidateIssuer = false, // session tokens name none: they are for their issuer alone
            ValidAudience = service.Did.Value,
            RequireExpirationTime = true,
            ClockSkew = TimeSpan.Zero,
            LifetimeValidator = (_, expires, _, _) => expires > time.GetUtcNow().UtcDateTime ? true : throw new SecurityTokenExpiredException(),
        };
    }

    private string Issue(string type, Did did, SessionScope scope, DateTimeOffset issuedAt, DateTimeOffset expires, string idClaim, string? id)
    {
        var claims = new Dictionary<string, object>
        {
            [ScopeClaim] = scope.ToText(),
            [JwtRegisteredClaimNames.Sub] = did.Value,
            [MomentClaim] = issuedAt.ToUnixTimeMilliseconds(),
        };
        if (id is not null) claims[idClaim] = id;
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = type,
            Audience = service.Did.Value,
            Claims = claims,
            IssuedAt = issuedAt.UtcDateTime,
            Expires = expires.UtcDateTime,
            SigningCredentials = _signing,
        });
    }

    /// <summary>The operator's secret may be any text, also one too short for the library: zeros at its end change nothing about an HMAC (RFC 2104, 2), so the tokens are those of any other server with that secret.</summary>
    internal static SymmetricSecurityKey KeyOf(SecretOptions secrets)
    {
        var secret = Encoding.UTF8.GetBytes(secrets.JwtSecret.Reveal());
        if (secret.Length < LeastKeyLength) Array.Resize(ref secret, LeastKeyLength);
        return new SymmetricSecurityKey(secret);
    }
}
