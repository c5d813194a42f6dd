using MediatR;
using Pds.Application.Ports;

namespace Pds.Application.Pipeline;

/// <summary>Saves everything a command buffered in one flush. Deliberately no transaction around the handler: see docs/adr/0007.</summary>
internal sealed class UnitOfWorkBehaviour<TCommand, TOutput>(IUnitOfWork unitOfWork)
    : IPipelineBehavior<TCommand, TOutput> where TCommand : ICommand<TOutput>
{
    public async Task<TOutput> Handle(TCommand command, CancellationToken ct, RequestHandlerDelegate<TOutput> next)
    {
        var output = await next();
        await unitOfWork.SaveChangesAsync(CancellationToken.None); // the PLC directory or a mail server may have acted already: a caller who hangs up now must not undo our half
        return output;
    }
}
