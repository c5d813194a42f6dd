using FluentValidation;
using MediatR;
using Pds.Application.Errors;

namespace Pds.Application.Pipeline;

/// <summary>Runs a request's validators, where it has any, and refuses with the first message.</summary>
internal sealed class ValidationBehaviour<TRequest, TOutput>(IEnumerable<IValidator<TRequest>> validators)
    : IPipelineBehavior<TRequest, TOutput> where TRequest : IRequest<TOutput>
{
    public Task<TOutput> Handle(TRequest request, CancellationToken ct, RequestHandlerDelegate<TOutput> next)
    {
        foreach (var validator in validators)
        {
            var result = validator.Validate(request);
            if (!result.IsValid) throw XrpcException.InvalidRequest(result.Errors[0].ErrorMessage);
        }

        return next();
    }
}
