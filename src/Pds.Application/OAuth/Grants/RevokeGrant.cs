using MediatR;
using Pds.Application.Errors;
using Pds.Application.Pipeline;

namespace Pds.Application.OAuth.Grants;

/// <summary>The caller disconnects an app: its tokens are good for nothing from now on.</summary>
/// <param name="Id">As <see cref="ListGrants"/> names it.</param>
/// <exception cref="XrpcException">InvalidRequest: the caller's account has no such session.</exception>
public sealed record RevokeGrant(string Id) : ICommand<Unit>, IRepoCommand;
