using System.Security.Cryptography;
using Pds.Application.Options;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;

namespace Pds.Application.Temp.Suggestions;

/// <summary>Makes up handles that are like one that somebody cannot have. Whether they are free is for others to say.</summary>
internal sealed class HandleIdeas(IdentityOptions options, HandlePolicy handles)
{
    private const int MostOtherDomains = 3;
    private const int LongestNumber = 4;

    /// <summary>At most nine, each once and never the handle itself, the likeliest to please first.</summary>
    /// <param name="handle">Its first label is what they begin with, and its domain theirs if it is one of this server's.</param>
    /// <param name="email">The name in it is an idea by itself.</param>
    /// <param name="birthDate">Its year is an ending.</param>
    public IEnumerable<(Handle Handle, string Method)> For(Handle handle, string? email, AtDatetime? birthDate)
    {
        var seen = new HashSet<Handle> { handle };
        foreach (var (text, method) in Texts(handle, email, birthDate))
            if (Handle.TryParse(text, out var idea) && seen.Add(idea)) yield return (idea, method);
    }

    private IEnumerable<(string Text, string Method)> Texts(Handle handle, string? email, AtDatetime? birthDate)
    {
        var domain = handles.SuffixOf(handle) ?? options.HandleDomains[0];
        var label = LabelOf(handle.Value.Split('.')[0]);
        var stem = label[..Math.Min(label.Length, HandlePolicy.MaxLabelLength - LongestNumber)];

        yield return ($"{label}{domain}", "label");
        if (email is not null) yield return ($"{LabelOf(email.Split('@')[0])}{domain}", "email");
        if (birthDate is not null) yield return ($"{stem}{birthDate.Value[2..4]}{domain}", "birthYear");
        foreach (var other in options.HandleDomains.Where(other => other != domain).Take(MostOtherDomains)) yield return ($"{label}{other}", "domain");
        for (var digits = 2; digits <= LongestNumber; digits++)
            yield return ($"{stem}{RandomNumberGenerator.GetString("0123456789", digits)}{domain}", "number");
    }

    /// <summary>What of a text can be a label, cut to what a label may be.</summary>
    private static string LabelOf(string text)
    {
        var label = string.Concat(text.ToLowerInvariant().Where(c => char.IsAsciiLetterOrDigit(c) || c == '-')).Trim('-');
        return label[..Math.Min(label.Length, HandlePolicy.MaxLabelLength)].TrimEnd('-');
    }
}
