using Microsoft.AspNetCore.Builder;
using Pds.Api.Configuration;

namespace Pds.Api.Limits;

internal static class DependencyInjection
{
    /// <summary>What is limited, as the options have it. Where rates are not limited nothing that counts them is there.</summary>
    public static IServiceCollection AddLimits(this IServiceCollection services, PdsOptions options)
    {
        services.AddSingleton(options.RateLimits).AddSingleton(options.Connections).AddSingleton<SubscriberSeats>().AddSingleton<RequestTurns>();
        services.Configure<ForwardedHeadersOptions>(forwarding => ClientAddress.Configure(forwarding, options.RateLimits));
        return options.RateLimits.IsEnabled ? services.AddSingleton(_ => new WindowTable()).AddSingleton<RateLimits>() : services;
    }
}
