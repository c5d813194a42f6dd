namespace Pds.Infrastructure.Mail.Letters;

/// <summary>The words of one kind of letter, of plain text.</summary>
/// <param name="Subject">Tells what it is about, and no code: subjects are shown on locked screens.</param>
/// <param name="Opening">What it is for; also what a list of mails shows beside the subject.</param>
/// <param name="Closing">Paragraphs after the code.</param>
internal sealed record LetterText(string Subject, string Opening, params IReadOnlyList<string> Closing);
