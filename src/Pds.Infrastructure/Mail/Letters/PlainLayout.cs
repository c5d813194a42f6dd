using Pds.Application.Options;

namespace Pds.Infrastructure.Mail.Letters;

/// <summary>A letter as text. The code has a line of its own, so that it is copied whole.</summary>
internal static class PlainLayout
{
    public static string Write(LetterContent letter, ServiceOptions service)
    {
        IEnumerable<string?> paragraphs =
        [
            letter.Text.Opening,
            letter.Code,
            letter.Code is null ? null : LetterTexts.CodeWorksFor,
            .. letter.Text.Closing,
            letter.Written?.Text,
            string.Join('\n', ["-- ", letter.Origin, service.PublicUrl, .. LetterLinks.Of(service).Select(link => $"{link.Title}: {link.Url}")]),
        ];
        return string.Join("\n\n", paragraphs.Where(paragraph => !string.IsNullOrEmpty(paragraph))) + "\n";
    }
}
