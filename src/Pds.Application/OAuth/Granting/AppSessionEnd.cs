using Pds.Application.Ports;
using Pds.Domain.OAuth;

namespace Pds.Application.OAuth.Granting;

/// <summary>Ends an app's session, in the turn of its account, so that nobody who refreshes it at that moment brings it back. Saves by itself.</summary>
internal sealed class AppSessionEnd(IOAuthSessionStore sessions, IRepoGate gate, IUnitOfWork unitOfWork)
{
    public async Task EndAsync(OAuthSession session, CancellationToken ct)
    {
        using var turn = await gate.EnterAsync(session.Did, ct);
        await sessions.RemoveAsync(session.Id, ct);
        await unitOfWork.SaveChangesAsync(ct);
    }
}
