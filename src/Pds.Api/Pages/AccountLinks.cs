using Pds.Domain.Syntax;

namespace Pds.Api.Pages;

/// <summary>Where the pages of an account are.</summary>
internal sealed record AccountLinks(Did Did)
{
    /// <summary>The account's first page.</summary>
    public string Overview => $"/account/{Escape(Did.Value)}";

    /// <summary>One of its others.</summary>
    public string this[string page] => $"{Overview}/{page}";

    /// <summary>A did:web with a port has a per cent sign of its own.</summary>
    public static string Escape(string path) => path.Replace("%", "%25", StringComparison.Ordinal);
}
