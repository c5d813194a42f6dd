using MediatR;
using Pds.Application.Pipeline;
using Pds.Application.Ports;

namespace Pds.Application.Accounts.Devices;

/// <summary>Signs somebody in on a page by a passkey, after <see cref="BeginPasskeySignIn"/>: in the place of a password, or as its second step.</summary>
/// <param name="IsRemembered">Whether to stay signed in on that device.</param>
public sealed record EnterByPasskey(DeviceVisit Visit, PasskeyAnswer Answer, bool IsRemembered) : ICommand<SignInStep.Entered>
{
    internal sealed class Handler(PasskeySignIn signIn, DeviceEntry entry) : IRequestHandler<EnterByPasskey, SignInStep.Entered>
    {
        public async Task<SignInStep.Entered> Handle(EnterByPasskey command, CancellationToken ct)
        {
            using var signedIn = await signIn.EnterAsync(command.Answer, ct);
            return new SignInStep.Entered(signedIn.Account.Did, await entry.EnterAsync(command.Visit, signedIn.Account.Did, command.IsRemembered, ct));
        }
    }
}
