using MediatR;
using Pds.Application.Pipeline;
using Pds.Domain.OAuth.Scopes;

namespace Pds.Application.OAuth.Consent;

/// <summary>What an app asks for, or was given, in plain words: for the page on which people agree to it, and for the list of their apps.</summary>
/// <param name="Scope">Scopes with spaces between them.</param>
public sealed record DescribeScopes(string Scope) : IQuery<IReadOnlyList<ConsentGroup>>
{
    internal sealed class Handler(PermissionSets sets) : IRequestHandler<DescribeScopes, IReadOnlyList<ConsentGroup>>
    {
        public async Task<IReadOnlyList<ConsentGroup>> Handle(DescribeScopes query, CancellationToken ct)
        {
            var scopes = ScopeSet.Parse(query.Scope);
            return new ConsentWords(await sets.FindAsync(scopes.Includes.Select(include => include.Set), ct)).Describe(scopes);
        }
    }
}
