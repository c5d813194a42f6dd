using Pds.Domain.Identity;
using Pds.Domain.Syntax;

namespace Pds.Domain.Tests.Identity;

public sealed class HandlePolicyTests
{
    private static readonly HandlePolicy Policy = new([".test", "pds.example.com"]);

    [Theory]
    [InlineData("alice.test")]
    [InlineData("ali.test")]
    [InlineData("abcdefghijklmnopqr.test")]
    [InlineData("a-b-c.test")]
    [InlineData("123.test")]
    [InlineData("ALICE.TEST")]
    [InlineData("alice.pds.example.com")]
    public void Gives_out(string handle) => Assert.Null(Policy.CheckSignUp(Handle.Parse(handle)));

    [Theory]
    [InlineData("did:web:alice.test", "alice.test")]
    [InlineData("did:web:alice.pds.example.com", "alice.pds.example.com")]
    [InlineData("did:web:Alice.test", null)] // another DID than that of alice.test
    [InlineData("did:web:alice.test%3A8080", null)]
    [InlineData("did:web:alice.test:path", null)]
    [InlineData("did:web:alice.example.com", null)]
    [InlineData("did:web:pds.example.com", null)]
    [InlineData("did:web:test", null)]
    [InlineData("did:plc:ewvi7nxzyoun6zhxrhs64oiz", null)]
    public void Is_the_authority_for_the_did_web_of_its_own_names_alone(string did, string? name) => Assert.Equal(name, Policy.NameOf(Did.Parse(did))?.Value);

    [Theory]
    [InlineData("al.test", "InvalidHandle", "Handle too short")]
    [InlineData("abcdefghijklmnopqrs.test", "InvalidHandle", "Handle too long")]
    [InlineData("alice.smith.test", "InvalidHandle", "Invalid characters in handle")]
    [InlineData("a.b.pds.example.com", "InvalidHandle", "Invalid characters in handle")]
    [InlineData("admin.test", "HandleNotAvailable", "Reserved handle")]
    [InlineData("Admin.Test", "HandleNotAvailable", "Reserved handle")]
    [InlineData("www.test", "HandleNotAvailable", "Reserved handle")]
    [InlineData("support.pds.example.com", "HandleNotAvailable", "Reserved handle")]
    [InlineData("alice.example.com", "UnsupportedDomain", "Not a supported handle domain")]
    [InlineData("pds.example.com", "UnsupportedDomain", "Not a supported handle domain")]
    [InlineData("alicepds.example.com", "UnsupportedDomain", "Not a supported handle domain")]
    [InlineData("alice.example", "InvalidHandle", "Handle TLD is invalid or disallowed")]
    [InlineData("alice.local", "InvalidHandle", "Handle TLD is invalid or disallowed")]
    [InlineData("alice.arpa", "InvalidHandle", "Handle TLD is invalid or disallowed")]
    [InlineData("alice.onion", "InvalidHandle", "Handle TLD is invalid or disallowed")]
    [InlineData("alice.internal", "InvalidHandle", "Handle TLD is invalid or disallowed")]
    [InlineData("alice.alt", "InvalidHandle", "Handle TLD is invalid or disallowed")]
    [InlineData("alice.localhost", "InvalidHandle", "Handle TLD is invalid or disallowed")]
    [InlineData("handle.invalid", "InvalidHandle", "Handle TLD is invalid or disallowed")]
    public void Refuses_at_sign_up(string handle, string name, string message) =>
        Assert.Equal(new HandleRefusal(name, message), Policy.CheckSignUp(Handle.Parse(handle)));

    [Theory]
    [InlineData("alice.example.com")]
    [InlineData("www.alice-in-wonderland.example.com")]
    public void Lets_an_account_bring_its_own_domain(string handle) => Assert.Null(Policy.Check(Handle.Parse(handle)));

    [Fact]
    public void Lets_an_administrator_hand_out_a_reserved_name_but_not_a_malformed_one()
    {
        Assert.Null(Policy.Check(Handle.Parse("admin.test"), allowReserved: true));
        Assert.Equal(HandleRefusal.TooShort, Policy.Check(Handle.Parse("al.test"), allowReserved: true));
    }

    [Fact]
    public void The_longest_of_two_nested_domains_decides()
    {
        var nested = new HandlePolicy(["example.com", "pds.example.com"]);

        Assert.Null(nested.CheckSignUp(Handle.Parse("alice.pds.example.com")));
    }

    [Theory]
    [InlineData("alice.test", true)]
    [InlineData("a.b.test", true)]
    [InlineData("alice.example.com", false)]
    public void Knows_its_own_domains(string handle, bool served) => Assert.Equal(served, Policy.IsServed(Handle.Parse(handle)));

    [Theory]
    [InlineData("alice")]
    [InlineData("carla")]
    [InlineData("administrative")]
    public void Keeps_ordinary_names_free(string label) => Assert.False(ReservedHandles.Contains(label));
}
