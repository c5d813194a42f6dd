using MediatR;
using Pds.Application.Errors;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.Syntax;

namespace Pds.Application.Server;

/// <summary><c>com.atproto.server.reserveSigningKey</c>: makes a signing key ahead of its use, so that a DID document can name it first.</summary>
/// <remarks>
/// Anyone may ask, so keys for those who have no account here last a day, and there are only so many. Beyond that new ones are refused: somebody may
/// have published one of those that are here, and forgetting it early would leave an identity with a key that nobody has.
/// </remarks>
/// <param name="Did">Whom it is for; asked again, the answer is the same key.</param>
public sealed record ReserveSigningKey(Did? Did = null) : ICommand<ReserveSigningKey.Output>
{
    /// <summary>How many keys are kept for those who have no account here.</summary>
    public const int MaxUnclaimed = 10_000;

    private const string Turn = "reserved-keys"; // one after the other: the number is exact, and nobody gets two keys

    public sealed record Output(DidKey SigningKey);

    internal sealed class Handler(IReservedKeyStore reserved, IAccountStore accounts, IKeyFactory keys, IRepoGate gate, IUnitOfWork unitOfWork)
        : IRequestHandler<ReserveSigningKey, Output>
    {
        public async Task<Output> Handle(ReserveSigningKey command, CancellationToken ct)
        {
            using var turn = await gate.EnterAsync(Turn, ct);
            if (command.Did is { } did && await reserved.FindAsync(did, ct) is { } known) return new Output(known);
            await RequireRoomAsync(command.Did, ct);

            var key = keys.Generate(Curve.K256);
            var publicKey = keys.Import(key).PublicKey;
            reserved.Add(publicKey, key, command.Did);
            await unitOfWork.SaveChangesAsync(ct); // within the turn

            return new Output(publicKey);
        }

        /// <summary>An account has room for its one key always.</summary>
        private async Task RequireRoomAsync(Did? did, CancellationToken ct)
        {
            if (did is not null && await accounts.FindAsync(did, ct) is not null) return;
            if (await reserved.CountUnclaimedAsync(ct) >= MaxUnclaimed)
                throw XrpcException.NotEnoughResources("Too many keys are reserved already. Try again later.");
        }
    }
}
