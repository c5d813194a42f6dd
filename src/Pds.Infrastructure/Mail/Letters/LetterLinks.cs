using Pds.Application.Options;

namespace Pds.Infrastructure.Mail.Letters;

/// <summary>Where a letter leads, at its foot.</summary>
internal static class LetterLinks
{
    public static IReadOnlyList<(string Title, string Url)> Of(ServiceOptions service) =>
    [
        .. new (string Title, string? Url)[]
        {
            ("Home", service.HomeUrl), ("Support", service.SupportUrl), ("Privacy policy", service.PrivacyPolicyUrl), ("Terms of service", service.TermsOfServiceUrl),
        }.Where(link => link.Url is not null).Select(link => (link.Title, link.Url!)),
    ];
}
