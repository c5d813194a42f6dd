namespace Pds.Infrastructure.Mail.Letters;

/// <summary>What is in a letter, before it is laid out. Deliberately no record: it does not print its code.</summary>
/// <param name="text">The words.</param>
/// <param name="code">What it is sent for, in clear; null for none.</param>
/// <param name="written">What a person wrote; null for none.</param>
/// <param name="origin">Who sent it to whom.</param>
internal sealed class LetterContent(LetterText text, string? code, RichText? written, string origin)
{
    public LetterText Text => text;

    public string? Code => code;

    public RichText? Written => written;

    public string Origin => origin;
}
