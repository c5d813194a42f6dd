using MediatR;

namespace Pds.Application.Pipeline;

/// <summary>Asks and changes nothing.</summary>
public interface IQuery<out TOutput> : IRequest<TOutput>;

/// <summary>Changes something: everything it buffered is saved in one flush after its handler (see <see cref="UnitOfWorkBehaviour{TCommand,TOutput}"/>).</summary>
public interface ICommand<out TOutput> : IRequest<TOutput>;

/// <summary>A command on the caller's own account or repo: two of them for one account take turns, flush included.</summary>
public interface IRepoCommand;
