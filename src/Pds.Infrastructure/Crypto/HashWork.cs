namespace Pds.Infrastructure.Crypto;

/// <summary>How much work a password's hash is. Hashes that were less are made anew when their owners sign in.</summary>
/// <param name="Memory">In KiB.</param>
/// <param name="Passes">Over that memory.</param>
internal sealed record HashWork(int Memory, int Passes)
{
    /// <summary>OWASP's parameters for Argon2id (Password Storage Cheat Sheet): some 25 ms.</summary>
    public static HashWork Recommended { get; } = new(Memory: 19 * 1024, Passes: 2);
}
