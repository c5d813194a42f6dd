using System.Text.Json.Serialization;
using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Application.Server.SignUp;
using Pds.Application.Temp.Suggestions;
using Pds.Domain.Accounts;
using Pds.Domain.Data;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;

namespace Pds.Application.Temp;

/// <summary><c>com.atproto.temp.checkHandleAvailability</c>: whether somebody could sign up with a handle, and what else they might take.</summary>
/// <remarks>It tells no more than <c>createAccount</c> and <c>resolveHandle</c> do. Whether an address has an account is not among that: it is not looked up.</remarks>
public sealed record CheckHandleAvailability(Handle Handle, string? Email = null, AtDatetime? BirthDate = null) : IQuery<CheckHandleAvailability.Output>
{
    private const string Lexicon = "com.atproto.temp.checkHandleAvailability";

    public sealed record Output(Handle Handle, Outcome Result);

    [JsonPolymorphic(TypeDiscriminatorPropertyName = LexObject.TypeKey)]
    [JsonDerivedType(typeof(ResultAvailable), $"{Lexicon}#resultAvailable")]
    [JsonDerivedType(typeof(ResultUnavailable), $"{Lexicon}#resultUnavailable")]
    public abstract record Outcome;

    public sealed record ResultAvailable : Outcome;

    public sealed record ResultUnavailable(IReadOnlyList<Suggestion> Suggestions) : Outcome;

    /// <param name="Handle">Was free a moment ago.</param>
    /// <param name="Method">How it was made up, for whoever counts what people take.</param>
    public sealed record Suggestion(Handle Handle, string Method);

    internal sealed class Handler(HandlePolicy handles, IAccountStore accounts, HostedDidWeb didWeb, HandleIdeas ideas) : IRequestHandler<CheckHandleAvailability, Output>
    {
        private const int MostSuggestions = 5;

        public async Task<Output> Handle(CheckHandleAvailability query, CancellationToken ct)
        {
            if (query.Email is { } email && !EmailAddress.TryParse(email, out _)) throw XrpcException.InvalidEmail();

            return new Output(query.Handle, await IsFreeAsync(query.Handle, ct) ? new ResultAvailable() : new ResultUnavailable(await SuggestAsync(query, ct)));
        }

        private async Task<IReadOnlyList<Suggestion>> SuggestAsync(CheckHandleAvailability query, CancellationToken ct)
        {
            var free = new List<Suggestion>();
            foreach (var (handle, method) in ideas.For(query.Handle, query.Email, query.BirthDate))
            {
                if (free.Count == MostSuggestions) break;
                if (await IsFreeAsync(handle, ct)) free.Add(new Suggestion(handle, method));
            }

            return free;
        }

        private async ValueTask<bool> IsFreeAsync(Handle handle, CancellationToken ct) =>
            handles.CheckSignUp(handle) is null && await accounts.FindAsync(handle, ct) is null && !await didWeb.IsNameAsync(handle, ct);
    }
}
