using System.Globalization;
using System.Text;
using FluentValidation;
using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Moderation.Reports;
using Pds.Application.Pipeline;
using Pds.Application.Proxying;
using Pds.Domain.OAuth.Scopes;
using Pds.Domain.Syntax;

namespace Pds.Application.Moderation;

/// <summary><c>com.atproto.moderation.createReport</c>: tells moderators of an account or a record. It goes to the service that the request names, or the operator has named; without one it is kept here, for the operator.</summary>
/// <remarks>Accounts that are taken down may call too: that is how they appeal.</remarks>
public sealed record CreateReport(string ReasonType, ReportSubject Subject, string? Reason = null, ModTool? ModTool = null) : ICommand<Proxied<CreateReport.Output>>
{
    private const int MaxReasonGraphemes = 2_000;
    private const int MaxReasonBytes = 20_000;

    private static readonly Nsid Method = Nsid.Parse("com.atproto.moderation.createReport");

    public sealed record Output(long Id, string ReasonType, string? Reason, ReportSubject Subject, Did ReportedBy, AtDatetime CreatedAt);

    internal sealed class Validator : AbstractValidator<CreateReport>
    {
        public Validator() => RuleFor(c => c.Reason).Cascade(CascadeMode.Stop)
            .Must(reason => reason is null || Encoding.UTF8.GetByteCount(reason) <= MaxReasonBytes).WithMessage($"reason too long (maximum {MaxReasonBytes} bytes)")
            .Must(reason => reason is null || new StringInfo(reason).LengthInTextElements <= MaxReasonGraphemes).WithMessage($"reason too long (maximum {MaxReasonGraphemes} graphemes)");
    }

    internal sealed class Handler(ICaller caller, IIncomingCall incoming, ServiceRoutes routes, ServiceProxy proxy, ReportIntake reports)
        : IRequestHandler<CreateReport, Proxied<Output>>
    {
        public async Task<Proxied<Output>> Handle(CreateReport command, CancellationToken ct)
        {
            var route = routes.Find(Method, incoming.Header(ServiceRoutes.Header));
            caller.Permissions.Demand(RpcScope.Of(Method, route?.Service ?? reports.Service));
            if (route is not null)
                return new Proxied<Output>(Own: null, await proxy.PassOnAsync(route, ProxyToken.For(caller.RequireDid(), route, Method), ct));

            return new Proxied<Output>(await reports.TakeAsync(caller.RequireAccount(), command, ct));
        }
    }
}
