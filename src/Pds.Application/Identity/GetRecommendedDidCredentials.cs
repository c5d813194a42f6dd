using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Pipeline;
using Pds.Domain.Data;

namespace Pds.Application.Identity;

/// <summary><c>com.atproto.identity.getRecommendedDidCredentials</c>: what the caller's identity should say for the account to be here; a client has it signed where the account moves from.</summary>
public sealed record GetRecommendedDidCredentials : IQuery<GetRecommendedDidCredentials.Output>
{
    /// <param name="AlsoKnownAs">None for an account without a handle.</param>
    /// <param name="RotationKeys">None for an identity that has no such keys.</param>
    public sealed record Output(
        IReadOnlyList<string>? AlsoKnownAs, LexObject? VerificationMethods, IReadOnlyList<string>? RotationKeys, LexObject? Services);

    internal sealed class Handler(ICaller caller, HostedIdentity hosted) : IRequestHandler<GetRecommendedDidCredentials, Output>
    {
        public async Task<Output> Handle(GetRecommendedDidCredentials query, CancellationToken ct)
        {
            var account = caller.RequireAccount();
            var state = await hosted.DescribeAsync(account.Did, account.ShownHandle, ct);

            var fields = state.ToLex();
            return new Output(
                account.Handle is null ? null : state.AlsoKnownAs, fields.Object("verificationMethods"),
                account.Did.Method == "plc" ? [.. state.RotationKeys.Select(key => key.ToString())] : null, fields.Object("services"));
        }
    }
}
