using MediatR;
using Pds.Application.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Pipeline;

/// <summary>Asks and changes nothing.</summary>
public interface IQuery<out TOutput> : IRequest<TOutput>;

/// <summary>Changes something: everything it buffered is saved in one flush after its handler (see <see cref="UnitOfWorkBehaviour{TCommand,TOutput}"/>).</summary>
public interface ICommand<out TOutput> : IRequest<TOutput>;

/// <summary>A command on one account or its repo: two of them for one account take turns, flush included.</summary>
public interface IRepoCommand
{
    /// <summary>Whose turn it takes: the caller's, unless the command names somebody else.</summary>
    Did TurnOf(ICaller caller) => caller.RequireDid();
}

/// <summary>A command that gives somebody a handle: two of them for one handle take turns, flush included.</summary>
public interface IHandleCommand
{
    Handle Handle { get; }
}

/// <summary>A command of the operator's or a moderator's: it leaves an entry in the audit log, saved with what it changed.</summary>
public interface IAdminCommand
{
    /// <summary>What it acts upon, as the log names it: a DID, an AT-URI, an invite code. Nothing secret.</summary>
    string AuditSubject { get; }

    /// <summary>What is done to it, where the method's name does not say it all; short, and nothing secret.</summary>
    string? AuditDetail => null;
}
