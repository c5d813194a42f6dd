using Pds.Domain.OAuth;

namespace Pds.Application.OAuth.Authorizing;

/// <summary>What follows from opening an authorization request: a question to the user, or the answer to the client at once.</summary>
public abstract record AuthorizationStep
{
    private AuthorizationStep()
    {
    }

    /// <summary>Show a page.</summary>
    public sealed record Ask(AuthorizationQuestion Question) : AuthorizationStep;

    /// <summary>Take the browser back to the client: nothing need be asked, or nothing can be any more.</summary>
    public sealed record Answer(AuthorizationResponse Response) : AuthorizationStep;
}
