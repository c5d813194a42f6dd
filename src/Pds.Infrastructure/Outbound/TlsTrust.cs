using System.Security.Cryptography.X509Certificates;

namespace Pds.Infrastructure.Outbound;

/// <summary>The authorities whose certificates other servers may have. A certificate must be for the server's name in any case.</summary>
/// <param name="Roots">Null for the system's own.</param>
internal sealed record TlsTrust(X509Certificate2Collection? Roots = null)
{
    /// <summary>For TLS; null leaves it to the system.</summary>
    public X509ChainPolicy? ToChainPolicy()
    {
        if (Roots is null) return null;
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(Roots);
        return policy;
    }
}
