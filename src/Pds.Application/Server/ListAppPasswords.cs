using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Syntax;

namespace Pds.Application.Server;

/// <summary><c>com.atproto.server.listAppPasswords</c>: the caller's app passwords, the newest first, without the passwords.</summary>
public sealed record ListAppPasswords : IQuery<ListAppPasswords.Output>
{
    public sealed record Output(IReadOnlyList<Item> Passwords);

    public sealed record Item(string Name, AtDatetime CreatedAt, bool Privileged);

    internal sealed class Handler(ICaller caller, IAppPasswordStore appPasswords) : IRequestHandler<ListAppPasswords, Output>
    {
        public async Task<Output> Handle(ListAppPasswords query, CancellationToken ct)
        {
            var all = await appPasswords.ListAsync(caller.RequireDid(), ct);
            return new Output([.. all.Select(one => new Item(one.Name, AtDatetime.Of(one.CreatedAt), one.Privileged))]);
        }
    }
}
