using System.Net;
using Pds.Application.Options;

namespace Pds.Infrastructure.Mail.Letters;

/// <summary>A letter as a page: one narrow card that mail programs show alike, in light and in dark.</summary>
/// <remarks>
/// Styles stand in the elements, since many programs drop style sheets; the sheet only adds dark colours and narrow screens. The service's own colour is
/// never behind or on text, so that it may be any. Nothing is loaded but the logo, where there is one.
/// </remarks>
internal sealed class PageLayout(ServiceOptions service, BrandingOptions branding)
{
    private const string Sheet =
        """
        :root { color-scheme: light dark; supported-color-schemes: light dark }
        .written p, .written ul, .written ol, .written pre, .written blockquote { margin: 0 0 16px }
        .written h2, .written h3 { margin: 0 0 8px; font-size: 17px; line-height: 1.4 }
        .written blockquote { padding-left: 12px; border-left: 3px solid #c9ced6 }
        .written pre { white-space: pre-wrap }
        @media (max-width: 480px) {
          .page { padding: 16px 8px !important }
          .card { padding: 24px 20px !important }
        }
        @media (prefers-color-scheme: dark) {
          body, .page { background: #111418 !important }
          .card { background: #1c2127 !important; border-right-color: #333a43 !important; border-bottom-color: #333a43 !important; border-left-color: #333a43 !important }
          .ink, .ink a { color: #f0f2f5 !important }
          .dim, .dim a { color: #a3acb8 !important }
          .code { background: #111418 !important; border-color: #4a535f !important; color: #ffffff !important }
        }
        """;

    private const string Font = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
    private const string Paragraph = $"margin:0 0 16px;{Font};font-size:16px;line-height:1.5;color:#1f252d";
    private const string Small = $"margin:0 0 8px;{Font};font-size:13px;line-height:1.5;color:#5b6572";

    public string Write(LetterContent letter) =>
        $"""
        <!doctype html>
        <html lang="en" dir="ltr">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="supported-color-schemes" content="light dark">
        <meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no">
        <meta name="x-apple-disable-message-reformatting">
        <title>{Encode(letter.Text.Subject)}</title>
        <style>
        {Sheet}
        </style>
        </head>
        <body style="margin:0;padding:0;background:#f2f4f7">
        <div style="display:none;max-height:0;overflow:hidden">{Encode(letter.Text.Opening)}</div>
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>
        <td class="page" align="center" style="padding:32px 16px;background:#f2f4f7">
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:520px;text-align:left">
        <tr><td class="ink" style="padding:0 4px 16px">{Masthead()}</td></tr>
        <tr><td class="card" style="padding:32px;background:#ffffff;border:1px solid #dde1e7;border-top:4px solid {Encode(branding.PrimaryColor)};border-radius:8px">
        <h1 class="ink" style="margin:0 0 16px;{Font};font-size:22px;line-height:1.3;font-weight:600;color:#1f252d;overflow-wrap:anywhere">{Encode(letter.Text.Subject)}</h1>
        {Body(letter)}
        </td></tr>
        <tr><td class="dim" style="padding:16px 4px 0;color:#5b6572">
        <p class="dim" style="{Small};overflow-wrap:anywhere">{Encode(letter.Origin)}</p>
        <p class="dim" style="{Small}">{Links()}</p>
        </td></tr>
        </table>
        </td></tr></table>
        </body>
        </html>

        """;

    private string Masthead()
    {
        var name = Encode(service.Name ?? service.Hostname);
        return service.LogoUrl is { } logo && logo.StartsWith("http", StringComparison.OrdinalIgnoreCase)
            ? $"""<img src="{Encode(logo)}" alt="{name}" height="40" style="display:block;height:40px;width:auto;max-width:240px;border:0;{Font};font-size:18px;font-weight:600">"""
            : $"""<span class="ink" style="{Font};font-size:18px;font-weight:600;color:#1f252d">{name}</span>""";
    }

    private static string Body(LetterContent letter) => letter.Written is { } written
        ? $"""<div class="ink written" style="{Font};font-size:16px;line-height:1.5;color:#1f252d;overflow-wrap:anywhere">{written.Html}</div>"""
        : string.Join('\n', [Ink(letter.Text.Opening), .. Code(letter.Code), .. letter.Text.Closing.Select(Ink)]);

    /// <summary>Large, in letters that are told apart, and selected as a whole by one tap where the program allows it.</summary>
    private static string[] Code(string? code) => code is null
        ? []
        :
        [
            $"""<p class="code" style="margin:24px 0 8px;padding:16px 8px;background:#f2f4f7;border:1px solid #c9ced6;border-radius:6px;text-align:center;font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:28px;line-height:1.2;font-weight:700;letter-spacing:1px;white-space:nowrap;color:#0d1117;-webkit-user-select:all;user-select:all">{Encode(code)}</p>""",
            $"""<p class="dim" style="{Small};margin-bottom:24px;text-align:center">{Encode(LetterTexts.CodeWorksFor)}</p>""",
        ];

    private string Links() => string.Join(" &middot; ", LetterLinks.Of(service).Prepend((new Uri(service.PublicUrl).Authority, service.PublicUrl))
        .Select(link => $"""<a href="{Encode(link.Item2)}" style="color:#5b6572;text-decoration:underline">{Encode(link.Item1)}</a>"""));

    private static string Ink(string text) => $"""<p class="ink" style="{Paragraph};overflow-wrap:anywhere">{Encode(text)}</p>""";

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
