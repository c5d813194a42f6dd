using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace Pds.Infrastructure.Crypto;

/// <summary>Seals what ASP.NET's data protection keeps on disk, the keys of form tokens and the like, under the key that the operator holds.</summary>
internal sealed class SealedXmlEncryptor(KeyEncryption encryption) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var element = new XElement("sealed", Convert.ToBase64String(encryption.Seal(plain, SealedXmlDecryptor.Context)));
        return new EncryptedXmlInfo(element, typeof(SealedXmlDecryptor));
    }
}

/// <summary>Opens what <see cref="SealedXmlEncryptor"/> sealed. Data protection makes one by the name that it wrote beside the key.</summary>
internal sealed class SealedXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    internal static readonly byte[] Context = "data protection"u8.ToArray();

    /// <exception cref="KeyEncryptionException">It was sealed under another key.</exception>
    public XElement Decrypt(XElement encryptedElement)
    {
        var plain = services.GetRequiredService<KeyEncryption>().Open(Convert.FromBase64String(encryptedElement.Value), Context);
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }
}
