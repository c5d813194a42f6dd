namespace Pds.Infrastructure.Identity.Dns;

/// <summary>What a DNS server says to a question for TXT records.</summary>
/// <param name="Code">Whether it could answer.</param>
/// <param name="IsTruncated">True where the whole is too long for UDP and must be asked for over TCP.</param>
/// <param name="Texts">The records of the name asked for.</param>
internal sealed record DnsAnswer(DnsResponseCode Code, bool IsTruncated, IReadOnlyList<string> Texts)
{
    /// <summary>True where the server knows: the records, or that there are none.</summary>
    public bool IsFinal => Code is DnsResponseCode.None or DnsResponseCode.NoSuchName;
}
