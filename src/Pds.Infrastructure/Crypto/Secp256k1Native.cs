using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Pds.Infrastructure.Crypto;

/// <summary>The functions of libsecp256k1 that signing needs (its <c>secp256k1.h</c>). Each answers 1 for yes and 0 for no.</summary>
/// <remarks>
/// The library aborts the process on an argument it calls illegal, such as a public key that was never parsed: only pass on what a function
/// here answered 1 for. It never reads past the lengths below, which no function checks: that is the caller's duty too.
/// </remarks>
internal static partial class Secp256k1Native
{
    /// <summary>A parsed public key or signature: opaque, and not to be stored.</summary>
    public const int OpaqueLength = 64;

    public const uint Compressed = 0x102;

    private const string Name = "secp256k1";
    private const uint SignAndVerify = 0x301; // new versions ignore the flags, old ones need them

    // The numbers are the ABI's; what is used here is the same in all of them.
    private static readonly string[] Names = [Name, "libsecp256k1.so.6", "libsecp256k1.so.5", "libsecp256k1.so.2", "libsecp256k1.so.1", "libsecp256k1.so.0"];

    private static readonly nint Library = Load();

    static Secp256k1Native()
    {
        NativeLibrary.SetDllImportResolver(typeof(Secp256k1Native).Assembly, (name, _, _) => name == Name ? Library : 0);
        if (IsPresent) Context = CreateContext();
    }

    /// <summary>Whether the system has the library. Nothing else here may be used where it has not.</summary>
    public static bool IsPresent => Library != 0;

    /// <summary>The one context of the process: randomised against side channels when made, read-only and shared by all threads since.</summary>
    public static nint Context { get; }

    [LibraryImport(Name, EntryPoint = "secp256k1_ec_pubkey_create")]
    public static partial int CreatePublicKey(nint context, Span<byte> publicKey, ReadOnlySpan<byte> secretKey32);

    [LibraryImport(Name, EntryPoint = "secp256k1_ec_pubkey_parse")]
    public static partial int ParsePublicKey(nint context, Span<byte> publicKey, ReadOnlySpan<byte> input, nuint inputLength);

    [LibraryImport(Name, EntryPoint = "secp256k1_ec_pubkey_serialize")]
    public static partial int SerializePublicKey(nint context, Span<byte> output, ref nuint outputLength, ReadOnlySpan<byte> publicKey, uint flags);

    /// <summary>Signs; with no nonce function named the nonce is RFC 6979's, and s is the lower one.</summary>
    [LibraryImport(Name, EntryPoint = "secp256k1_ecdsa_sign")]
    public static partial int Sign(nint context, Span<byte> signature, ReadOnlySpan<byte> hash32, ReadOnlySpan<byte> secretKey32, nint nonceFunction, nint nonceData);

    [LibraryImport(Name, EntryPoint = "secp256k1_ecdsa_signature_serialize_compact")]
    public static partial int SerializeCompact(nint context, Span<byte> output64, ReadOnlySpan<byte> signature);

    [LibraryImport(Name, EntryPoint = "secp256k1_ecdsa_signature_parse_compact")]
    public static partial int ParseCompact(nint context, Span<byte> signature, ReadOnlySpan<byte> input64);

    /// <summary>Refuses a high s by itself.</summary>
    [LibraryImport(Name, EntryPoint = "secp256k1_ecdsa_verify")]
    public static partial int Verify(nint context, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> hash32, ReadOnlySpan<byte> publicKey);

    [LibraryImport(Name, EntryPoint = "secp256k1_context_create")]
    private static partial nint CreateContext(uint flags);

    [LibraryImport(Name, EntryPoint = "secp256k1_context_randomize")]
    private static partial int RandomizeContext(nint context, ReadOnlySpan<byte> seed32);

    private static nint Load()
    {
        foreach (var name in Names)
        {
            if (!NativeLibrary.TryLoad(name, Assembly.GetExecutingAssembly(), null, out var library)) continue;
            if (NativeLibrary.TryGetExport(library, "secp256k1_ecdsa_sign", out _)) return library;
            NativeLibrary.Free(library);
        }

        return 0;
    }

    private static nint CreateContext()
    {
        Span<byte> seed = stackalloc byte[32];
        RandomNumberGenerator.Fill(seed);
        var context = CreateContext(SignAndVerify);
        return RandomizeContext(context, seed) == 1 ? context : throw new CryptographicException("libsecp256k1 refused its random seed");
    }
}
