namespace Pds.Infrastructure.Identity.Dns;

/// <summary>RFC 1035, section 4.1.1; those that are told apart here. Any other is a failure too.</summary>
internal enum DnsResponseCode
{
    /// <summary>No error.</summary>
    None = 0,
    NoSuchName = 3,
}
