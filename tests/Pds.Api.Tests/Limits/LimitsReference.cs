using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Pds.Api.Limits;

namespace Pds.Api.Tests.Limits;

/// <summary>Writes docs/reference/limits.md from the routes and what they are held to.</summary>
internal static class LimitsReference
{
    private const string Introduction = """
        # Limits

        <!-- The tables are made from src/Pds.Api/Limits/Limit.cs and the route tables by LimitsReferenceTests; change them there. -->

        ## How often

        Rates are limited on a public server unless `PDS_RATE_LIMITS_ENABLED` is false, and in the sandbox where it is true. The figures, keys and headers are the official server's,
        which has none for `createReport`, `refreshIdentity` and `requestPlcOperationSignature`.

        Every request to `/xrpc/` counts one point for its address as it comes in, whatever becomes of it; `getRepo` has a count of its own. Methods
        in the table are held to more than that, counted once it is known who calls and what they want. A window begins with a client's first request
        and ends after its length; then all points are there again. Requests that are refused count too.

        """;

    private const string AfterRates = """

        A write to a repo counts 3 points if it creates, 2 if it updates and 1 if it deletes; `applyWrites` counts the sum. One account's writes share one
        budget, whichever method and address they come by. An IPv6 address counts as its /64.

        Answers say how a client stands where that is tightest:

        | Header | Value |
        | --- | --- |
        | `RateLimit-Limit` | the points of the window |
        | `RateLimit-Remaining` | those that are left |
        | `RateLimit-Reset` | when the window ends, in unix seconds |
        | `RateLimit-Policy` | `<points>;w=<seconds>` |
        | `Retry-After` | with a refusal: in how many seconds to come back |

        A refusal is 429 `RateLimitExceeded`. A request is not counted if it has the key of `PDS_RATE_LIMIT_BYPASS_KEY` in the header `x-ratelimit-bypass`, or comes
        from an address in `PDS_RATE_LIMIT_BYPASS_IPS`.

        **Behind a reverse proxy** the client's address is read from `X-Forwarded-For`, from the right: the first that is neither loopback, link-local, private
        nor in `PDS_RATE_LIMIT_BYPASS_IPS`. Anything to the left of it is what a stranger claims. A proxy with a public address belongs into that list, or all of its
        clients count as one.

        **Second factors** are held to more, in the sandbox too, and a restart does not begin anew: after five wrong codes in a row an account's sign-ins with its own password
        are refused for 15 minutes with 429 `RateLimitExceeded`, with the right code too; and a sign-in code is mailed at most once a minute.

        The counts are in the memory of the process: a restart begins anew. There is room for 262,144 windows; beyond that those that are used up least give way.

        ## How many at once

        These hold always. Whoever is too many waits for a turn; whoever would wait too long is refused with 503 `NotEnoughResources` and `Retry-After`.

        """;

    private const string AfterTurns = """

        Both exports share their turns, and so do all that look identities up, and the endpoints of OAuth, which may have to ask a client's host. Addresses that many clients may share, loopback and private ones, have none for one address.

        | What | At once | Beyond that |
        | --- | --- | --- |
        | password hashes | as many as there are processors, 4 at most | 64 wait for each; 503 `NotEnoughResources` |
        | look-ups of handles and did:web on the network | 64 | 64 wait; 503 `NotEnoughResources` |
        | subscribers of the firehose | `PDS_MAX_SUBSCRIBERS` | 503 `NotEnoughResources` |
        | subscribers of the firehose with one public address | `PDS_MAX_SUBSCRIBERS_PER_ADDRESS` | 429 `RateLimitExceeded` |
        | connections, subscribers apart | `PDS_MAX_CONNECTIONS` | closed at once |

        ## How large, how slow

        | What | Limit | Beyond that |
        | --- | --- | --- |
        | JSON body | 150 KiB; 1,000,000 bytes where records are written | 413 `PayloadTooLargeError` |
        | blob | `PDS_BLOB_UPLOAD_LIMIT` | 413 `PayloadTooLarge` |
        | repo to import | `PDS_MAX_REPO_IMPORT_SIZE`, 1 GiB unless it is set: the CAR, and the sum of its records | 413 `PayloadTooLarge`, 400 `InvalidRequest` |
        | blocks of a repo to import, and its records | 3,000,000 of each; 2 MiB a block, 256 KiB a node of the tree | 400 `InvalidRequest` |
        | one account's blobs together | `PDS_ACCOUNT_STORAGE_QUOTA`, uploads that no record mentions included | 400 `StorageQuotaExceeded` |
        | request to an endpoint of OAuth | 64 KiB, 16 KiB a parameter | 413, 400 `invalid_request` |
        | an OAuth client's metadata, and its keys | 256 KiB, within 5 seconds | 400 `invalid_client_metadata` |
        | an OAuth client's name, its `client_id` | 8 KiB | 400 `invalid_client_metadata` |
        | the permission sets that a client asks for | 16; 256 KiB a document, 64 KiB of scopes that they grant together | 400 `invalid_scope` |
        | address of a request | 16 KiB | 414 |
        | request headers | 16 KiB, all within 15 seconds | 431, 408 |
        | request body | 1 KiB a second, after 10 seconds | 408 `InvalidRequest` |
        | answer | 1 KiB a second, after 10 seconds | the connection is closed |
        | message of a subscriber | 4 KiB; none is asked for | closed with 1009 |
        | idle connection | 90 seconds | closed |

        Bodies are bounded after decompression. After a refused body the connection is read to its end and goes on, unless there is more than any method takes:
        then it is closed.
        """;

    public static string Write(IReadOnlyList<(string Route, Limit Limit)> routes)
    {
        var page = new StringBuilder(Introduction).Append("\n| Method | Points | Counted by |\n| --- | --- | --- |\n");
        Row(page, "all, `getRepo` apart", Limit.Global.Door);
        foreach (var (route, limit) in routes)
        {
            if (limit.Door != Limit.Global.Door) Row(page, $"`{route}`", limit.Door);
            if (limit.Own is { } own) Row(page, $"`{route}`", own);
        }

        page.Append(AfterRates).Append("\n| Method | For one address | Waiting | In all | Waiting |\n| --- | --- | --- | --- | --- |\n");
        foreach (var (route, limit) in routes)
            if (limit.AtOnce is { } bounds) page.Append(CultureInfo.InvariantCulture, $"| `{route}` | {bounds.ForAddress} | {bounds.WaitingForAddress} | {bounds.InAll} | {bounds.WaitingInAll} |\n");
        return page.Append(AfterTurns).Append('\n').ToString();
    }

    /// <summary>The methods that a server maps, in their order, each with what it is held to.</summary>
    public static IReadOnlyList<(string Route, Limit Limit)> Routes(EndpointDataSource endpoints) =>
    [
        .. endpoints.Endpoints.OfType<RouteEndpoint>().Where(endpoint => endpoint.Metadata.GetMetadata<Limit>() is not null)
            .Select(endpoint => (NameOf(endpoint.RoutePattern.RawText!), endpoint.Metadata.GetMetadata<Limit>()!))
            .OrderBy(route => route.Item1, StringComparer.Ordinal),
    ];

    private static string NameOf(string path) => path.StartsWith("/xrpc/", StringComparison.Ordinal) ? path["/xrpc/".Length..] : path;

    private static void Row(StringBuilder page, string method, Rate rate) => page.Append(CultureInfo.InvariantCulture,
        $"| {method} | {string.Join(", ", rate.Windows.Select(window => $"{window.Points:N0} in {Text(window.Length)}"))} | {rate.CountedBy} |\n");

    private static string Text(TimeSpan length) =>
        length == TimeSpan.FromDays(1) ? "a day" : length == TimeSpan.FromHours(1) ? "an hour" : $"{length.TotalMinutes} minutes";
}
