using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Ports;
using Pds.Domain.Syntax;

namespace Pds.Application.Pipeline;

/// <summary>Leaves an entry of what an administrator or moderator does. Outside the unit of work and before it: the first thing that is saved takes the entry along, and a refusal leaves none.</summary>
internal sealed class AuditBehaviour<TCommand, TOutput>(IAuditLog log, ICaller caller, TimeProvider time)
    : IPipelineBehavior<TCommand, TOutput> where TCommand : ICommand<TOutput>, IAdminCommand
{
    /// <summary>Longer texts are cut: a list of many codes is a request, not a log entry.</summary>
    private const int MaxLength = 2_000;

    private const string Administrator = "admin";
    private const string CommandLine = "command line"; // nobody called: the command did not come by HTTP

    private static readonly Nsid Method = MethodName.Of(typeof(TCommand));

    public Task<TOutput> Handle(TCommand command, CancellationToken ct, RequestHandlerDelegate<TOutput> next)
    {
        log.Append(new AuditEntry(time.GetUtcNow(), Actor, Method, Cut(command.AuditSubject), command.AuditDetail is { } detail ? Cut(detail) : null));
        return next();
    }

    private string Actor => caller.IsAdmin ? Administrator : (caller.ServiceIssuer ?? caller.Did)?.Value ?? CommandLine;

    private static string Cut(string text) => text.Length <= MaxLength ? text : $"{text[..MaxLength]}…";
}
