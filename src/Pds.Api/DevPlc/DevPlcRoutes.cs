using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Plc;
using Pds.Domain.Syntax;

namespace Pds.Api.DevPlc;

/// <summary>The embedded PLC directory, as the public one speaks HTTP (https://web.plc.directory/api/redoc). Other programs are pointed at <c>/plc</c>.</summary>
internal static class DevPlcRoutes
{
    /// <summary>Of a posted body. The largest operation takes less than half of it.</summary>
    private const int MaxBodyBytes = 16 * 1024;

    private const int MaxExport = 1000;

    public static IEndpointRouteBuilder MapDevPlc(this IEndpointRouteBuilder routes)
    {
        var plc = routes.MapGroup("/plc");
        plc.MapGet("/", () => "The embedded PLC directory of a sandbox: its DIDs are known to this server alone. All of them: /plc/export\n");
        plc.MapGet("/_health", (ServiceOptions service) => Results.Json(new { version = service.Version }));
        plc.MapGet("/export", ExportAsync);
        plc.MapGet("/{did}", Read(log => IfPresent(log, PlcResult.Document)));
        plc.MapGet("/{did}/data", Read(log => IfPresent(log, data => PlcResult.Json(data.ToLex()))));
        plc.MapGet("/{did}/log", Read(log => PlcResult.Json(log.Valid.Select(entry => entry.Operation.Fields))));
        plc.MapGet("/{did}/log/audit", Read(log => PlcResult.Json(log.Entries.Select(entry => entry.ToLex(log.Did)))));
        plc.MapGet("/{did}/log/last", Read(log => PlcResult.Json(log.Last!.Fields)));
        plc.MapPost("/{did}", SubmitAsync);

        // The official identity resolver keeps only the origin of the address that it is given, and asks for /did:plc:….
        routes.MapGet("/did:plc:{id}", (string id, IPlcDirectory directory, CancellationToken ct) =>
            ReadAsync($"did:plc:{id}", log => IfPresent(log, PlcResult.Document), directory, ct));
        return routes;
    }

    private static Delegate Read(Func<PlcLog, IResult> answer) =>
        (string did, IPlcDirectory directory, CancellationToken ct) => ReadAsync(did, answer, directory, ct);

    private static async Task<IResult> ReadAsync(string did, Func<PlcLog, IResult> answer, IPlcDirectory directory, CancellationToken ct)
    {
        var log = Did.TryParse(did, out var parsed) ? await directory.FindLogAsync(parsed, ct) : null;
        return log is null ? PlcResult.Refusal(StatusCodes.Status404NotFound, $"DID not registered: {did}") : answer(log);
    }

    private static IResult IfPresent(PlcLog log, Func<PlcData, IResult> answer) =>
        log.Data is { } data ? answer(data) : PlcResult.Refusal(StatusCodes.Status404NotFound, $"DID not available: {log.Did}");

    private static async Task<IResult> SubmitAsync(string did, PipeReader body, IPlcDirectory directory, CancellationToken ct)
    {
        var read = await body.ReadAtLeastAsync(MaxBodyBytes + 1, ct);
        var json = read.Buffer.ToArray();
        body.AdvanceTo(read.Buffer.End); // or the connection ends with this answer
        if (json.Length > MaxBodyBytes) return PlcResult.Refusal(StatusCodes.Status413PayloadTooLarge, "request entity too large");
        try
        {
            var operation = PlcOperation.Parse(json);
            if (!Did.TryParse(did, out var parsed)) throw new PlcException("Improperly formatted did");
            await directory.SubmitAsync(parsed, operation, ct);
            return Results.Text("OK");
        }
        catch (PlcException refusal)
        {
            return PlcResult.Refusal(StatusCodes.Status400BadRequest, refusal.Message);
        }
    }

    private static async Task<IResult> ExportAsync(string? after, string? count, IPlcArchive archive, CancellationToken ct)
    {
        var limit = MaxExport;
        if (count is not null && (!int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit < 1))
            return PlcResult.Refusal(StatusCodes.Status400BadRequest, "Invalid count parameter");

        var since = DateTimeOffset.UnixEpoch;
        if (after is not null && !DateTimeOffset.TryParse(after, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out since))
            return PlcResult.Refusal(StatusCodes.Status400BadRequest, "Invalid after parameter");

        var page = await archive.ExportAsync(since, Math.Min(limit, MaxExport), ct);
        return PlcResult.Lines(page.Select(export => export.Entry.ToLex(export.Did)));
    }
}
