using Pds.Application.Takeover;
using Pds.Domain.Accounts;
using Pds.Domain.Crypto;
using Pds.Domain.Sync;
using Pds.Domain.Syntax;

namespace Pds.Application.Ports;

/// <summary>The data of an official server, the PDS that the network's makers distribute, whose place this one takes. Read and never written.</summary>
/// <remarks>Everything may fail with <see cref="OfficialDataException"/>: files that are not there, not those of such a server, or damaged.</remarks>
public interface IOfficialServer
{
    /// <summary>What is to be read, counted.</summary>
    OfficialCensus TakeCensus();

    /// <summary>Every account, in the order they were made.</summary>
    IReadOnlyList<Did> ListAccounts();

    OfficialAccount ReadAccount(Did did);

    /// <summary>What else the server keeps of an account.</summary>
    IOfficialActor OpenActor(Did did);

    /// <summary>Every invite code, with its uses.</summary>
    IEnumerable<InviteCode> ReadInvites();

    /// <summary>The signing keys that were made ahead of their use.</summary>
    IEnumerable<OfficialReservedKey> ReadReservedKeys();

    /// <summary>The events of the firehose since a moment, in their order, and the newest of all in any case.</summary>
    IEnumerable<PastEvent> ReadEvents(DateTimeOffset since);
}

/// <summary>How much there is.</summary>
/// <param name="IsRunning">Whether the server has its files open: then what is read may be outdated a moment later.</param>
/// <param name="LastSeq">The newest number of its firehose; 0 for none.</param>
/// <param name="OAuthSessions">Sessions that cannot be taken over.</param>
public sealed record OfficialCensus(bool IsRunning, int Invites, long LastSeq, int OAuthSessions);

/// <summary>What the server knows of an account.</summary>
/// <param name="PasswordHash">As <see cref="IPasswordHasher"/> takes it; null where there is none.</param>
/// <param name="Remarks">What of it cannot be read, for the operator.</param>
public sealed record OfficialAccount(
    Account Account,
    string? PasswordHash,
    IReadOnlyList<OfficialAppPassword> AppPasswords,
    IReadOnlyList<OfficialSession> Sessions,
    IReadOnlyList<OfficialCode> Codes,
    IReadOnlyList<string> Remarks);

/// <param name="Hash">As <see cref="IOfficialHasher"/> makes it.</param>
public sealed record OfficialAppPassword(string Name, ReadOnlyMemory<byte> Hash, bool Privileged, DateTimeOffset CreatedAt);

/// <summary>A refresh token that is alive.</summary>
/// <param name="AppPassword">The name of the app password that began the session; null for the account's own.</param>
public sealed record OfficialSession(string Id, DateTimeOffset ExpiresAt, string? NextId, string? AppPassword);

/// <summary>A code that was mailed.</summary>
public sealed record OfficialCode(EmailTokenPurpose Purpose, Secret Code, DateTimeOffset RequestedAt);

/// <param name="Did">Whom it is for; null for whoever knows its public half.</param>
public sealed record OfficialReservedKey(PrivateKey Key, Did? Did);

/// <summary>An event that an earlier server told of.</summary>
/// <param name="Seq">Its place there.</param>
public sealed record PastEvent(long Seq, DateTimeOffset At, RepoEvent Event);
