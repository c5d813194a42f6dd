using System.Text.Json;
using Pds.Domain.Accounts;

namespace Pds.Domain.Tests.Accounts;

public sealed class SecretTests
{
    private static readonly Secret Hunter2 = Secret.Of("hunter2");

    [Fact]
    public void Is_shown_to_who_asks_for_it() => Assert.Equal("hunter2", Hunter2.Reveal());

    [Fact]
    public void Is_shown_to_nobody_else()
    {
        Assert.Equal("•••", Hunter2.ToString());
        Assert.DoesNotContain("hunter2", new Wrapper(Hunter2).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", JsonSerializer.Serialize(new Wrapper(Hunter2)), StringComparison.Ordinal);
    }

    [Fact]
    public void Is_read_from_json() =>
        Assert.Equal(Hunter2, JsonSerializer.Deserialize<Wrapper>("""{"Password":"hunter2"}""")!.Password);

    [Theory, InlineData("1"), InlineData("{}"), InlineData("[\"hunter2\"]"), InlineData("true")]
    public void Is_nothing_but_a_string_in_json(string json) => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Secret>(json));

    [Fact]
    public void Is_equal_by_value()
    {
        Assert.True(Hunter2 == Secret.Of("hunter2"));
        Assert.Equal(Hunter2.GetHashCode(), Secret.Of("hunter2").GetHashCode());
        Assert.True(Hunter2 != Secret.Of("hunter3"));
        Assert.True(Hunter2 != Secret.Of("hunter22"));
        Assert.False(Hunter2.Equals(null));
    }

    private sealed record Wrapper(Secret Password);
}
