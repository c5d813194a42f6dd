namespace Pds.Domain.OAuth;

/// <summary>Domains that nobody can own (RFC 2606, RFC 6761, RFC 6762), and names without a domain.</summary>
public static class ReservedDomains
{
    private static readonly string[] TopLevel = ["test", "local", "localhost", "invalid", "example"];

    public static bool Contain(string host) => host.LastIndexOf('.') is var dot && (dot < 0 || TopLevel.Contains(host[(dot + 1)..]));
}
