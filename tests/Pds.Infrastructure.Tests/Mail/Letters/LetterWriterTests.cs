using System.Reflection;
using Pds.Application.Mail;
using Pds.Application.Options;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Mail.Letters;

namespace Pds.Infrastructure.Tests.Mail.Letters;

public sealed class LetterWriterTests
{
    private static readonly string[] WithCodes =
        [.. typeof(Letter).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(Letter.WithCode))).Select(type => type.Name)];

    public static TheoryData<string> KindsWithCode => [.. WithCodes];

    [Theory, MemberData(nameof(KindsWithCode))]
    public void A_code_is_named_with_its_account_and_its_time(string kind)
    {
        var letter = Samples.Write(WithCode(kind));

        Assert.All([letter.Text, letter.Html], words =>
        {
            Assert.Contains(Samples.Code, words, StringComparison.Ordinal);
            Assert.Contains("@alice.example.com", words, StringComparison.Ordinal);
            Assert.Contains("15 minutes", words, StringComparison.Ordinal);
            Assert.Contains("Nobody who helps you will ask for it", words, StringComparison.Ordinal);
        });
        Assert.Matches("If you (did not|have no|are not)", letter.Text);
    }

    [Theory, MemberData(nameof(KindsWithCode))]
    public void A_code_stands_once_alone_on_a_line_and_not_in_the_subject(string kind)
    {
        var letter = Samples.Write(WithCode(kind));

        Assert.Single(letter.Text.Split('\n'), line => line == Samples.Code);
        Assert.Single(letter.Html.Split('\n'), line => line.Contains($">{Samples.Code}</p>", StringComparison.Ordinal));
        Assert.DoesNotContain(Samples.Code, letter.Subject, StringComparison.Ordinal);
        Assert.Equal([Secret.Of(Samples.Code)], letter.Secrets);
    }

    [Fact]
    public void Each_kind_has_a_subject_of_its_own()
    {
        var subjects = WithCodes.Select(kind => Samples.Write(WithCode(kind)).Subject).ToList();

        Assert.Equal(subjects.Distinct(), subjects);
        Assert.Equal(6, subjects.Count);
    }

    [Fact]
    public void Shows_whose_it_is_and_where_it_leads()
    {
        var letter = Samples.Write(Samples.Reset, Samples.Service with { LogoUrl = "https://example.com/logo.png" }, new BrandingOptions { PrimaryColor = "rgb(1, 2, 3)" });

        Assert.Contains("Example Community sent this to alice@example.org.", letter.Text, StringComparison.Ordinal);
        Assert.Contains("Support: https://example.com/help", letter.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Privacy policy", letter.Text, StringComparison.Ordinal); // is not set
        Assert.Contains("""<img src="https://example.com/logo.png" alt="Example Community" """, letter.Html, StringComparison.Ordinal);
        Assert.Contains("4px solid rgb(1, 2, 3)", letter.Html, StringComparison.Ordinal);
        Assert.Contains("https://example.com/terms?a=1&amp;b=2", letter.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_name_the_server_is_called_by_its_host()
    {
        var letter = Samples.Write(new Letter.Test(Samples.To), Samples.Service with { Name = null });

        Assert.Equal("A test mail from pds.example.com", letter.Subject);
        Assert.DoesNotContain("<img", letter.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_is_encoded_in_the_page()
    {
        var letter = Samples.Write(
            new Letter.ResetPassword("<i>@example.org", Handle.Parse("alice.test"), Secret.Of("<b>&\"")),
            Samples.Service with { Name = "<script>\"'&", LogoUrl = "https://example.com/\"onload=\"x", SupportUrl = "https://example.com/'\"<x>", PublicUrl = "https://pds.example.com/\"" });

        Assert.DoesNotContain("<script>", letter.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", letter.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<i>", letter.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<x>", letter.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("\"onload", letter.Html, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;&amp;&quot;", letter.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void What_moderators_write_is_in_the_page_and_in_the_text()
    {
        var letter = Samples.Write(new Letter.FromModerators(Samples.To, "About your post", "<p>It breaks <b>rule 3</b>.</p>"));

        Assert.Equal("About your post", letter.Subject);
        Assert.Contains("<p>It breaks <strong>rule 3</strong>.</p>", letter.Html, StringComparison.Ordinal);
        Assert.StartsWith("It breaks rule 3.\n", letter.Text, StringComparison.Ordinal);
        Assert.Contains("The moderators of Example Community sent this", letter.Text, StringComparison.Ordinal);
        Assert.False(letter.IsAutomatic);
    }

    [Fact]
    public void There_is_a_text_for_every_kind_of_letter() => Assert.All(
        typeof(Letter).GetNestedTypes(BindingFlags.Public).Where(type => !type.IsAbstract),
        type => Assert.NotNull(LetterTexts.Of(type.IsSubclassOf(typeof(Letter.WithCode)) ? WithCode(type.Name) : Other(type), "Example")));

    private static Letter WithCode(string kind) => (Letter)Activator.CreateInstance(
        typeof(Letter).GetNestedType(kind)!, Samples.To, Handle.Parse("alice.example.com"), Secret.Of(Samples.Code))!;

    [Fact]
    public void What_happened_to_the_second_factors_is_told_in_words_of_its_own() => Assert.Equal(
        Enum.GetValues<FactorChange>().Length,
        Enum.GetValues<FactorChange>().Select(change => Samples.Write(new Letter.FactorChanged(Samples.To, Handle.Parse("alice.example.com"), change)).Text).Distinct().Count());

    private static Letter Other(Type type) =>
        type == typeof(Letter.Test) ? new Letter.Test(Samples.To)
        : type == typeof(Letter.FactorChanged) ? new Letter.FactorChanged(Samples.To, Handle.Parse("alice.example.com"), FactorChange.AuthenticatorAdded)
        : type == typeof(Letter.FirstReport) ? new Letter.FirstReport(Samples.To, 17)
        : new Letter.FromModerators(Samples.To, "subject", "content");
}
