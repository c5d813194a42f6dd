using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace Pds.Api.Xrpc;

/// <summary>Compresses what this server answers, and leaves what others answer as they sent it.</summary>
internal sealed class AnswerCompression(IServiceProvider services, IOptions<ResponseCompressionOptions> options) : ResponseCompressionProvider(services, options)
{
    public static void Leave(HttpContext http) => http.Features.Set(new AsItIs());

    public override bool ShouldCompressResponse(HttpContext context) => context.Features.Get<AsItIs>() is null && base.ShouldCompressResponse(context);

    private sealed class AsItIs;
}
