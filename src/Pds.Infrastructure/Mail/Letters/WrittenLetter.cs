using Pds.Domain.Accounts;

namespace Pds.Infrastructure.Mail.Letters;

/// <summary>A letter in words, twice: as text and as a page. Deliberately no record: it does not print itself.</summary>
internal sealed class WrittenLetter(string subject, string text, string html, bool isAutomatic, IReadOnlyList<Secret> secrets)
{
    public string Subject => subject;

    public string Text => text;

    public string Html => html;

    /// <summary>Whether no person wrote it.</summary>
    public bool IsAutomatic => isAutomatic;

    /// <summary>What in it must not be seen elsewhere.</summary>
    public IReadOnlyList<Secret> Secrets => secrets;
}
