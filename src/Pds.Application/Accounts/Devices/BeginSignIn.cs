using MediatR;
using Pds.Application.Errors;
using Pds.Application.Pipeline;
using Pds.Domain.Accounts;

namespace Pds.Application.Accounts.Devices;

/// <summary>Signs somebody in on a page: the account's own password, and then its second factor if it has one. App passwords are for apps.</summary>
/// <param name="Identifier">A handle, a DID or an e-mail address.</param>
/// <param name="IsRemembered">Whether to stay signed in on that device.</param>
public sealed record BeginSignIn(DeviceVisit Visit, string Identifier, Secret Password, bool IsRemembered) : ICommand<SignInStep>
{
    internal sealed class Handler(SignIn signIn, DeviceEntry entry) : IRequestHandler<BeginSignIn, SignInStep>
    {
        public async Task<SignInStep> Handle(BeginSignIn command, CancellationToken ct)
        {
            var answer = await signIn.BeginAsync(new SignInForm(command.Identifier, command.Password), ct);
            if (answer is { Factors: { } kinds }) return new SignInStep.NeedsFactor(answer.Mark!, kinds);

            using var signedIn = answer.SignedIn!;
            if (signedIn.AppPassword is not null)
                throw XrpcException.AuthenticationRequired("That is an app password, which is for one app. Use the password of the account.");
            return new SignInStep.Entered(signedIn.Account.Did, await entry.EnterAsync(command.Visit, signedIn.Account.Did, command.IsRemembered, ct));
        }
    }
}
