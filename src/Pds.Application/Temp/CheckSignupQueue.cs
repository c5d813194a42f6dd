using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Pipeline;

namespace Pds.Application.Temp;

/// <summary><c>com.atproto.temp.checkSignupQueue</c>: whether the account has been let in. Nobody queues here: whoever signs up is in.</summary>
public sealed record CheckSignupQueue : IQuery<CheckSignupQueue.Output>
{
    public sealed record Output(bool Activated);

    internal sealed class Handler(ICaller caller) : IRequestHandler<CheckSignupQueue, Output>
    {
        public Task<Output> Handle(CheckSignupQueue query, CancellationToken ct) => Task.FromResult(new Output(caller.Permissions.Session != SessionScope.SignupQueued));
    }
}
