using System.Text;
using Microsoft.AspNetCore.Routing;
using Pds.Api.Auth;
using Pds.Application.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Api.Tests.Auth;

/// <summary>Writes docs/reference/scopes.md from the routes and who may call them.</summary>
internal static class ScopesReference
{
    private const string Introduction = """
        # Scopes

        <!-- The table is made from the route tables in src/Pds.Api/Xrpc by ScopesReferenceTests; change them there. -->

        What a user can allow an app by OAuth (<https://atproto.com/specs/permission>), and what each method asks for. An app asks for scopes in the `scope` of its
        authorization request, with spaces between them, `atproto` always among them. A method that it may not call is refused with 403 `ScopeMissingError`, which names the
        narrowest scope that would do. [`src/Pds.Domain/OAuth/Scopes`](../../src/Pds.Domain/OAuth/Scopes/README.md) reads them.

        | Scope | Lets an app |
        | --- | --- |
        | `atproto` | know who signed in; always needed |
        | `repo:<collection>` | write records: `*` for all collections; `?action=create`, `update`, `delete` for some of the writes only |
        | `rpc:<method>?aud=<service>` | call a service (`did:web:api.example.com%23the_id`) in the user's name: `*` for all methods, or for all services, not for both |
        | `blob:<type>` | upload files: `image/*`, `*/*` |
        | `account:email` | see the e-mail address; with `?action=manage` have it confirmed |
        | `account:repo?action=manage` | replace the whole repo by an import |
        | `account:status?action=manage` | deactivate the account |
        | `identity:handle` | change the handle |
        | `identity:*` | change the handle and the DID document |
        | `include:<lexicon>` | all that the published permission set of that name lists, within its own namespace; `?aud=<service>` for the calls that it leaves open |
        | `transition:generic` | write all records, upload all files, call all services but `chat.bsky.*` |
        | `transition:chat.bsky` | call `chat.bsky.*` |
        | `transition:email` | see the e-mail address |

        Several values of one parameter are repeated: `repo?collection=app.bsky.feed.post&collection=app.bsky.feed.like`. A scope that this server does not understand wholly
        is left out of what it grants. A permission set is taken from the operator's own documents (`PDS_LEXICON_DIRECTORY`), or else looked up: the DNS of its namespace's domain
        names a DID (`PDS_LEXICON_AUTHORITY_DID` names one for all), whose repo has the document. It is remembered for a day, and for up to 90 while no newer can be had.

        ## Methods

        Those that anybody may call, and those for the administrator, are not in the table. What stands in braces is the call's.

        | Method | Sessions | Apps with OAuth need |
        | --- | --- | --- |

        """;

    public static string Write(EndpointDataSource endpoints)
    {
        var page = new StringBuilder(Introduction);
        foreach (var (method, access) in Routes(endpoints)) page.Append("| `").Append(method).Append("` | ").Append(Sessions(access)).Append(" | ").Append(Apps(access)).Append(" |\n");
        return page.Append("| any other, passed on | any; `chat.bsky.*` not by a plain app password | `rpc:{method}?aud={service}` |\n").ToString();
    }

    private static IEnumerable<(string Method, Access Access)> Routes(EndpointDataSource endpoints) => endpoints.Endpoints
        .Select(endpoint => (endpoint.Metadata.GetMetadata<Nsid>()?.Value, endpoint.Metadata.GetMetadata<Access>()))
        .Where(route => route is { Item1: not null, Item2: { TakesSessions: true, TakesRefresh: false } })
        .Select(route => (route.Item1!, route.Item2!)).OrderBy(route => route.Item1, StringComparer.Ordinal);

    private static string Sessions(Access access)
    {
        var least = access.Scopes.Contains(SessionScope.AppPass) ? "any" : "the account's own password";
        if (access.NeedsActive) least += ", active";
        if (access.Scopes.Contains(SessionScope.Takendown)) least += ", taken down too";
        return access.IsOptional ? "none needed; the owner's show more" : least;
    }

    private static string Apps(Access access)
    {
        if (access.App is not { } need) return "not for apps";
        var comma = need.Description.IndexOf(", ", StringComparison.Ordinal);
        return comma < 0 ? $"`{need.Description}`" : $"`{need.Description[..comma]}`{need.Description[comma..]}";
    }
}
