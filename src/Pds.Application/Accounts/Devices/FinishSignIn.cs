using MediatR;
using Pds.Application.Pipeline;
using Pds.Domain.Accounts;

namespace Pds.Application.Accounts.Devices;

/// <summary>The second step of <see cref="BeginSignIn"/>: the code of a second factor.</summary>
/// <param name="Mark">That the password was right; the page keeps it from everybody, and bounds how long it is good.</param>
public sealed record FinishSignIn(DeviceVisit Visit, PasswordMark Mark, Secret Code, bool IsRemembered) : ICommand<SignInStep.Entered>
{
    internal sealed class Handler(SignIn signIn, DeviceEntry entry) : IRequestHandler<FinishSignIn, SignInStep.Entered>
    {
        public async Task<SignInStep.Entered> Handle(FinishSignIn command, CancellationToken ct)
        {
            using var signedIn = await signIn.FinishAsync(command.Mark, command.Code, ct);
            return new SignInStep.Entered(signedIn.Account.Did, await entry.EnterAsync(command.Visit, signedIn.Account.Did, command.IsRemembered, ct));
        }
    }
}
