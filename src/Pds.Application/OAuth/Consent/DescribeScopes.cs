using MediatR;
using Pds.Application.Pipeline;
using Pds.Domain.OAuth.Scopes;

namespace Pds.Application.OAuth.Consent;

/// <summary>What an app asks for, or was given, by what it is about: for the page on which people agree to it, and for the list of their apps.</summary>
/// <param name="Scope">Scopes with spaces between them.</param>
/// <param name="Languages">The language tags of what the reader knows, the best first: authors of permission sets may have put theirs into several.</param>
public sealed record DescribeScopes(string Scope, IReadOnlyList<string> Languages) : IQuery<IReadOnlyList<ConsentGroup>>
{
    internal sealed class Handler(PermissionSets sets) : IRequestHandler<DescribeScopes, IReadOnlyList<ConsentGroup>>
    {
        public async Task<IReadOnlyList<ConsentGroup>> Handle(DescribeScopes query, CancellationToken ct)
        {
            var scopes = ScopeSet.Parse(query.Scope);
            return new ConsentGroups(await sets.FindAsync(scopes.Includes.Select(include => include.Set), ct), query.Languages).Of(scopes);
        }
    }
}
