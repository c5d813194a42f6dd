using Pds.Application.Accounts.Factors;
using Pds.Domain.OAuth;
using Pds.Domain.Syntax;

namespace Pds.Application.Accounts.Devices;

/// <summary>What follows from a right password.</summary>
public abstract record SignInStep
{
    private SignInStep()
    {
    }

    /// <summary>The account is signed in.</summary>
    /// <param name="Key">The cookie that the browser is to have.</param>
    public sealed record Entered(Did Did, DeviceKey Key) : SignInStep;

    /// <summary>A second factor is asked for: <see cref="FinishSignIn"/>, or <see cref="EnterByPasskey"/>.</summary>
    public sealed record NeedsFactor(PasswordMark Mark, FactorKinds Kinds) : SignInStep;
}
