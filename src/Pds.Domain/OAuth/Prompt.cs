namespace Pds.Domain.OAuth;

/// <summary>How a client wants its user to be asked (OpenID Connect Core §3.1.2.1, and its extension <c>create</c>).</summary>
public enum Prompt
{
    /// <summary>Not at all: answer at once, or say why that is not possible.</summary>
    None,

    /// <summary>To sign in anew.</summary>
    Login,

    /// <summary>For consent, given before or not.</summary>
    Consent,

    /// <summary>Which account it is to be.</summary>
    SelectAccount,

    /// <summary>To create an account.</summary>
    Create,
}
