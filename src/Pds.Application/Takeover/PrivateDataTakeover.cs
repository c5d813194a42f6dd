using Pds.Application.Accounts;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Takeover;

/// <summary>What an account signs in with and what it likes to have so: app passwords, open sessions, mailed codes, preferences.</summary>
internal sealed class PrivateDataTakeover(IAppPasswordStore appPasswords, ISessionStore sessions, EmailTokens codes, IPreferenceStore preferences, TimeProvider time)
{
    /// <summary>Buffers them; what has expired meanwhile is left out.</summary>
    public async Task AddAsync(OfficialAccount taken, IReadOnlyList<Preference> liked, CancellationToken ct)
    {
        var (did, now) = (taken.Account.Did, time.GetUtcNow());

        var ids = taken.AppPasswords.ToDictionary(appPassword => appPassword.Name, _ => Sessions.NewId());
        foreach (var (name, hash, privileged, createdAt) in taken.AppPasswords) appPasswords.Add(new AppPassword(ids[name], did, name, privileged, hash, createdAt));

        foreach (var session in taken.Sessions.Where(session => session.ExpiresAt > now))
            if (FindAppPassword(session, ids, out var id)) sessions.Add(new RefreshToken(session.Id, did, session.ExpiresAt, session.NextId, id));

        foreach (var (purpose, code, since) in taken.Codes)
            if (now - since < EmailToken.Lifetime) await codes.KeepAsync(did, purpose, code, since, ct);

        preferences.Replace(did, liked);
    }

    /// <returns>False for a session of an app password that is no more.</returns>
    private static bool FindAppPassword(OfficialSession session, Dictionary<string, string> ids, out string? id)
    {
        id = null;
        return session.AppPassword is null || ids.TryGetValue(session.AppPassword, out id);
    }
}
