using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Pds.TestKit;

/// <summary>A page that came back, after the redirects.</summary>
/// <param name="Path">Where the browser is now, with the query.</param>
public sealed partial record PageAnswer(HttpStatusCode Status, string Path, byte[] Body, IReadOnlyDictionary<string, string> Headers)
{
    public string Html => System.Text.Encoding.UTF8.GetString(Body);

    /// <summary>The heading.</summary>
    public string Title => TextOf(Heading.Match(Html));

    /// <summary>Why a form was refused; empty where none was.</summary>
    public string Refusal => TextOf(RefusalNotice.Match(Html));

    /// <summary>What a form did; empty where nothing is told.</summary>
    public string Told => TextOf(Notice.Match(Html));

    public static async Task<PageAnswer> ReadAsync(HttpResponseMessage response) => new(
        response.StatusCode, response.RequestMessage!.RequestUri!.PathAndQuery, await response.Content.ReadAsByteArrayAsync(),
        response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));

    /// <summary>Fails the test where the page is not there, or a form was refused.</summary>
    public PageAnswer Ok()
    {
        Assert.Equal("200 ", $"{(int)Status} {Refusal}");
        return this;
    }

    /// <summary>What its script is given to ask for a passkey.</summary>
    public JsonElement PasskeyOptions => JsonDocument.Parse(WebUtility.HtmlDecode(Options.Match(Html).Groups[1].Value)).RootElement;

    /// <summary>A form by how its address, or that of a button of it, ends.</summary>
    public (string Action, IReadOnlyList<(string Name, string Value)> Fields) FindForm(string end)
    {
        foreach (var form in Forms)
            if (form.Action.EndsWith(end, StringComparison.Ordinal)) return form;

        throw new InvalidOperationException($"There is no form of '{end}' on {Path}: {Html}");
    }

    /// <summary>Every form, once for each address that it or a button of it has.</summary>
    public IEnumerable<(string Action, IReadOnlyList<(string Name, string Value)> Fields)> Forms =>
        from form in Form.Matches(Html)
        from action in Address.Matches(form.Value).Select(match => WebUtility.HtmlDecode(match.Groups["to"].Value)).DefaultIfEmpty(Path)
        select (action, (IReadOnlyList<(string, string)>)FieldsOf(form.Value));

    private static (string, string)[] FieldsOf(string form) =>
    [
        .. Input.Matches(form).Select(match => match.Value).Where(input => !input.Contains("type=\"checkbox\"", StringComparison.Ordinal) || input.Contains(" checked", StringComparison.Ordinal))
            .Select(input => (Attribute(input, "name"), Attribute(input, "value"))).Where(field => field.Item1.Length > 0),
    ];

    private static string Attribute(string tag, string name) => WebUtility.HtmlDecode(Regex.Match(tag, $"\\s{name}=\"([^\"]*)\"").Groups[1].Value);

    private static string TextOf(Match match) => WebUtility.HtmlDecode(Tag.Replace(match.Groups[1].Value, " ")).Trim();

    [GeneratedRegex("data-options=\"([^\"]*)\"")]
    private static partial Regex Options { get; }

    [GeneratedRegex("<h1>(.*?)</h1>", RegexOptions.Singleline)]
    private static partial Regex Heading { get; }

    [GeneratedRegex("id=\"refusal\">(.*?)</div>", RegexOptions.Singleline)]
    private static partial Regex RefusalNotice { get; }

    [GeneratedRegex("<div class=\"notice success\" role=\"status\">(.*?)</div>", RegexOptions.Singleline)]
    private static partial Regex Notice { get; }

    [GeneratedRegex("<form .*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form { get; }

    [GeneratedRegex("(?:form)?action=\"(?<to>[^\"]*)\"")]
    private static partial Regex Address { get; }

    [GeneratedRegex("<input [^>]*>")]
    private static partial Regex Input { get; }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag { get; }
}
