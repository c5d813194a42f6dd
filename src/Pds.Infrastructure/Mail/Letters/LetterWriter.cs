using Pds.Application.Mail;
using Pds.Application.Options;

namespace Pds.Infrastructure.Mail.Letters;

/// <summary>Puts a letter into words.</summary>
internal sealed class LetterWriter(ServiceOptions service, BrandingOptions branding)
{
    public WrittenLetter Write(Letter letter)
    {
        var name = service.Name ?? service.Hostname;
        var text = LetterTexts.Of(letter, name);
        var code = (letter as Letter.WithCode)?.Code;
        var written = letter as Letter.FromModerators;
        var content = new LetterContent(
            text,
            code?.Reveal(),
            written is null ? null : RichText.Parse(written.Content),
            written is null ? LetterTexts.SentBy(name, letter.To) : LetterTexts.SentByModerators(name, letter.To));

        return new WrittenLetter(
            text.Subject, PlainLayout.Write(content, service), new PageLayout(service, branding).Write(content), isAutomatic: written is null, code is null ? [] : [code]);
    }
}
