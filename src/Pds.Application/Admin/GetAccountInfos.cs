using FluentValidation;
using MediatR;
using Pds.Application.Admin.Views;
using Pds.Application.Pipeline;
using Pds.Domain.Syntax;

namespace Pds.Application.Admin;

/// <summary><c>com.atproto.admin.getAccountInfos</c>: several accounts at once, each once, in the order in which they are asked for. Those that are not here are left out.</summary>
public sealed record GetAccountInfos(IReadOnlyList<Did> Dids) : IQuery<GetAccountInfos.Output>
{
    public const int MaxDids = 100;

    public sealed record Output(IReadOnlyList<AccountView> Infos);

    internal sealed class Validator : AbstractValidator<GetAccountInfos>
    {
        public Validator() => RuleFor(q => q.Dids.Count).LessThanOrEqualTo(MaxDids).WithMessage($"Too many dids. Max: {MaxDids}");
    }

    internal sealed class Handler(AccountViews views) : IRequestHandler<GetAccountInfos, Output>
    {
        public async Task<Output> Handle(GetAccountInfos query, CancellationToken ct) => new(await views.FindAsync(query.Dids, ct));
    }
}
