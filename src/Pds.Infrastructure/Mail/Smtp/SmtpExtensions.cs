namespace Pds.Infrastructure.Mail.Smtp;

/// <summary>What a server offers beyond the basics, as its answer to EHLO says.</summary>
internal sealed class SmtpExtensions
{
    private readonly Dictionary<string, string[]> _offers = new(StringComparer.OrdinalIgnoreCase);

    public static SmtpExtensions None { get; } = new();

    public bool Has(string keyword) => _offers.ContainsKey(keyword);

    /// <summary>What follows a keyword, such as the mechanisms of AUTH.</summary>
    public bool Has(string keyword, string parameter) => _offers.TryGetValue(keyword, out var parameters) && parameters.Contains(parameter, StringComparer.OrdinalIgnoreCase);

    /// <param name="greeting">The first line is the server's name.</param>
    public static SmtpExtensions In(SmtpReply greeting)
    {
        var extensions = new SmtpExtensions();
        foreach (var line in greeting.Lines.Skip(1))
        {
            string[] words = line.Split([' ', '='], StringSplitOptions.RemoveEmptyEntries); // old servers say AUTH=LOGIN
            if (words.Length > 0) extensions._offers[words[0]] = [.. extensions._offers.GetValueOrDefault(words[0], []), .. words[1..]];
        }

        return extensions;
    }
}
