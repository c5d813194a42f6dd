using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Pds.TestKit;

/// <summary>An authority that nobody but a test trusts, and certificates of it.</summary>
public static class TestCertificates
{
    private static readonly ECDsa AuthorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public static X509Certificate2 Authority { get; } = MakeAuthority();

    /// <summary>For <c>localhost</c> and <c>127.0.0.1</c>.</summary>
    public static X509Certificate2 ForLoopback { get; } = MakeServer(Authority, AuthorityKey, "localhost", IPAddress.Loopback);

    /// <summary>For a name that is not the server's.</summary>
    public static X509Certificate2 ForAnotherName { get; } = MakeServer(Authority, AuthorityKey, "mail.example.com", null);

    /// <summary>For any name.</summary>
    public static X509Certificate2 For(string name) => MakeServer(Authority, AuthorityKey, name, null);

    private static X509Certificate2 MakeAuthority()
    {
        var request = new CertificateRequest("CN=Authority of a test", AuthorityKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        return request.CreateSelfSigned(Now.AddDays(-1), Now.AddDays(1));
    }

    private static X509Certificate2 MakeServer(X509Certificate2 authority, ECDsa authorityKey, string name, IPAddress? address)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        if (address is not null) names.AddIpAddress(address);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(
            authority.SubjectName, X509SignatureGenerator.CreateForECDsa(authorityKey), Now.AddHours(-1), Now.AddHours(1), RandomNumberGenerator.GetBytes(8));
        return signed.CopyWithPrivateKey(key);
    }
}
