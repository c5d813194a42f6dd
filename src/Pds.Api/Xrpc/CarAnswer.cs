using Pds.Application.Sync.Exporting;
using Pds.Domain.Repo.Car;

namespace Pds.Api.Xrpc;

/// <summary>Pumps blocks into the response. Memory stays flat however large the repo is, because flushing waits for the reader.</summary>
internal static class CarAnswer
{
    private const string ContentType = "application/vnd.ipld.car";
    private const int FlushAt = 64 * 1024;

    public static async Task WriteAsync(HttpContext http, CarOutput car)
    {
        using (car)
        {
            http.Response.ContentType = ContentType;
            if (HttpMethods.IsHead(http.Request.Method)) return;

            var body = http.Response.BodyWriter;
            CarWriter.WriteHeader(body, car.Root);
            foreach (var block in car.Blocks)
            {
                CarWriter.WriteBlock(body, block.Cid, block.Bytes.Span);
                if (body.UnflushedBytes >= FlushAt) await body.FlushAsync(http.RequestAborted);
            }

            await body.FlushAsync(http.RequestAborted);
        }
    }
}
