using System.Text;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Crypto;

namespace Pds.Infrastructure.Tests.Crypto;

/// <summary>Hashes that an official server has made; these by the scrypt of Node.js, which is what it calls.</summary>
public sealed class ScryptHashTests : IDisposable
{
    private const string Salt = "00112233445566778899aabbccddeeff";

    private const string CorrectHorse =
        "3e19ebeabf15ad17c24de695284e79441c0d80c6d98b95a3c052c58a0d57b09f83b0742a5805af28a0b5bbcf673af62819b91eb830a104fb0bb42def767f52aa";

    private const string Cyrillic =
        "9ba158163cf07b1d2933488fdf13d37da9613b9bbbb7bc17ba69cc02832cef76094a93cf3ff3fe547f3bc6548ac88790f593e30a9f320d8db5636178d1c6834b";

    private readonly HashTurns _turns = new();

    public void Dispose() => _turns.Dispose();

    [Theory]
    [InlineData("correct horse", CorrectHorse)]
    [InlineData("пароль 🐎", Cyrillic)]
    public async Task A_password_of_an_official_server_is_known_and_asks_to_be_hashed_anew(string password, string hash)
    {
        Assert.True(ScryptHash.TryParseOfficial($"{Salt}:{hash}", out var official));
        var hasher = new Argon2PasswordHasher(_turns, HashWork.Recommended);

        Assert.Equal(PasswordCheck.RightButWeak, await hasher.VerifyAsync(official.ToString(), Secret.Of(password), default));
        Assert.Equal(PasswordCheck.Wrong, await hasher.VerifyAsync(official.ToString(), Secret.Of($"{password} "), default));
        Assert.Equal(PasswordCheck.Wrong, await hasher.VerifyAsync(official.ToString(), Secret.Of(""), default));
    }

    [Fact]
    public async Task An_app_password_has_the_hash_that_the_official_server_keeps() => Assert.Equal(
        "41be396ac0199c2b02bf7ade20eff6850d8c4901cedd17e632da40be50809a9ff750e436b2b550c23ff167986fb6d4f627569abdfd8647189fc275556281deaa",
        Convert.ToHexStringLower((await new ScryptHasher(_turns).HashAppPasswordAsync(Did.Parse("did:plc:ewvi7nxzyoun6zhxrhs64oiz"), Secret.Of("abcd-2345-efgh-67mn"), default)).Span));

    [Fact]
    public void A_stored_hash_is_a_PHC_string_that_reads_back()
    {
        var hash = ScryptHash.Derive("correct horse"u8, Salt);

        Assert.Matches(@"^\$scrypt\$ln=14,r=8,p=1\$[A-Za-z0-9+/]{43}\$[A-Za-z0-9+/]{86}\z", hash.ToString());
        Assert.True(ScryptHash.TryParse(hash.ToString(), out var read));
        Assert.Equal((Salt, CorrectHorse), (read.Salt, Convert.ToHexStringLower(read.Hash)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(Salt)]
    [InlineData($"{Salt}:")]
    [InlineData($"{Salt}:{CorrectHorse}0")]
    [InlineData($"{Salt}00:{CorrectHorse}")]
    [InlineData($"{Salt}:{CorrectHorse}\n")]
    [InlineData("0011223344556677889xaabbccddeeff:" + CorrectHorse)]
    public void What_no_official_server_writes_is_no_hash(string text) => Assert.False(ScryptHash.TryParseOfficial(text, out _));

    [Fact]
    public void A_stored_hash_of_other_work_is_not_taken_for_one()
    {
        var stored = ScryptHash.Derive("correct horse"u8, Salt).ToString();

        Assert.False(ScryptHash.TryParse(stored.Replace("ln=14", "ln=30", StringComparison.Ordinal), out _));
        Assert.False(ScryptHash.TryParse(stored[..^1], out _));
        Assert.False(ScryptHash.TryParse($"$scrypt$ln=14,r=8,p=1${Convert.ToBase64String(Encoding.ASCII.GetBytes(new string('!', 32))).TrimEnd('=')}${new string('A', 86)}", out _));
    }
}
