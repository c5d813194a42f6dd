using Pds.Domain.Accounts;

namespace Pds.Application.Ports;

/// <summary>Invite codes and who used them. Changes are saved with the unit of work.</summary>
public interface IInviteStore
{
    Task<InviteCode?> FindAsync(string code, CancellationToken ct);

    Task<int> CountUsesAsync(string code, CancellationToken ct);

    void Add(InviteCode code);

    void AddUse(string code, InviteCodeUse use);
}
