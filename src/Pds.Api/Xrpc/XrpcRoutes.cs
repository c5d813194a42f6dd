using MediatR;
using Pds.Api.Auth;
using Pds.Api.Limits;
using Pds.Application.Errors;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Application.Proxying;
using Pds.Application.Sync.Exporting;
using Pds.Domain.Syntax;

namespace Pds.Api.Xrpc;

/// <summary>Maps methods. Each request goes the same way: verb, parameters, who calls, body, limits, handler, answer; the first that is wrong is what the client hears.</summary>
internal sealed class XrpcRoutes(IEndpointRouteBuilder endpoints)
{
    /// <summary>The largest JSON body, in bytes, where a method does not say otherwise.</summary>
    public const int BodyLimit = 150 * 1024;

    /// <summary>The largest body of a method that writes records.</summary>
    public const int RecordBodyLimit = 1_000_000;

    /// <summary>Who may call what another service answers.</summary>
    private static readonly Access PassedOn = Access.Session.OrApp("rpc:{method}?aud={service}");

    private readonly RateLimits? _rates = endpoints.ServiceProvider.GetService<RateLimits>();
    private readonly bool _unlessElsewhere;

    private XrpcRoutes(IEndpointRouteBuilder endpoints, bool unlessElsewhere) : this(endpoints) => _unlessElsewhere = unlessElsewhere;

    /// <summary>The same, for methods of the AppView's that this server answers in its place: where the caller names another service, that one answers.</summary>
    public XrpcRoutes UnlessElsewhere => new(endpoints, unlessElsewhere: true);

    /// <summary>A method that asks, and is answered in JSON; a few change something by being asked.</summary>
    public void Query<TQuery, TOutput>(string nsid, Access access, Limit? limit = null) where TQuery : IRequest<TOutput> =>
        Query<TQuery, TOutput>(nsid, access, static (http, output) => XrpcAnswer.WriteJsonAsync(http, output), limit);

    /// <summary>A method that another service answers where this server cannot.</summary>
    public void ProxiedQuery<TQuery, TOutput>(string nsid, Access access, Limit? limit = null) where TQuery : IQuery<Proxied<TOutput>> where TOutput : class =>
        Query<TQuery, Proxied<TOutput>>(nsid, access, AnswerAsync, limit);

    /// <summary>A method that another service always answers.</summary>
    public void ProxiedQuery<TQuery>(string nsid, Access access, Limit? limit = null) where TQuery : IQuery<UpstreamAnswer> =>
        Query<TQuery, UpstreamAnswer>(nsid, access, UpstreamWriter.WriteAsync, limit);

    /// <summary>A method that is answered with a CAR.</summary>
    public void Car<TQuery>(string nsid, Access access, Limit? limit = null) where TQuery : IQuery<CarOutput> =>
        Query<TQuery, CarOutput>(nsid, access, CarAnswer.WriteAsync, limit);

    /// <summary>A method that asks, and is answered as <paramref name="answer"/> says.</summary>
    public void Query<TQuery, TOutput>(string nsid, Access access, Func<HttpContext, TOutput, Task> answer, Limit? limit = null) where TQuery : IRequest<TOutput>
    {
        var parameters = new XrpcParams<TQuery>(nsid);
        Map(nsid, HttpMethods.Get, access, limit, async (http, admission) =>
        {
            var query = parameters.Bind(http.Request.Query);
            await AuthenticateAsync(http, access);
            await answer(http, await SendAsync(http, admission, query));
        });
    }

    /// <summary>A method that changes something and takes a JSON body.</summary>
    public void Procedure<TCommand, TOutput>(string nsid, Access access, Limit? limit = null, int bodyLimit = BodyLimit) where TCommand : ICommand<TOutput> =>
        Map(nsid, HttpMethods.Post, access, limit, async (http, admission) =>
        {
            await AuthenticateAsync(http, access);
            var command = await XrpcBody.ReadJsonAsync<TCommand>(http, bodyLimit);
            await XrpcAnswer.WriteJsonAsync(http, await SendAsync(http, admission, command));
        });

    /// <summary>A method that takes a JSON body, and that another service answers where there is one for it: the body goes on as it came.</summary>
    public void ProxiedProcedure<TCommand, TOutput>(string nsid, Access access, Limit? limit = null) where TCommand : ICommand<Proxied<TOutput>> where TOutput : class =>
        Map(nsid, HttpMethods.Post, access, limit, async (http, admission) =>
        {
            await AuthenticateAsync(http, access);
            http.Request.EnableBuffering(bufferThreshold: BodyLimit);
            var command = await XrpcBody.ReadJsonAsync<TCommand>(http, BodyLimit);
            http.Request.Body.Position = 0;
            await AnswerAsync(http, await SendAsync(http, admission, command));
        });

    /// <summary>A method that changes something and takes no input.</summary>
    public void ProcedureWithoutInput<TCommand, TOutput>(string nsid, Access access, Limit? limit = null) where TCommand : ICommand<TOutput>, new() =>
        Map(nsid, HttpMethods.Post, access, limit, async (http, admission) =>
        {
            await AuthenticateAsync(http, access);
            XrpcBody.EnsureNone(http.Request);
            await XrpcAnswer.WriteJsonAsync(http, await SendAsync(http, admission, new TCommand()));
        });

    /// <summary>A method that takes a file, as a stream.</summary>
    /// <param name="nsid">Its name.</param>
    /// <param name="access">Who may call it.</param>
    /// <param name="command">Makes the command of the stream and the type that the client says it has.</param>
    /// <param name="limit">What its callers are held to.</param>
    /// <param name="type">The one type that it takes; null for any.</param>
    /// <param name="bodyLimit">The most bytes of the body; null for that of every request. The handler bounds what it reads of a compressed one.</param>
    public void Upload<TCommand, TOutput>(
        string nsid, Access access, Func<Stream, string, TCommand> command, Limit? limit = null, string? type = null, Func<HttpContext, long>? bodyLimit = null)
        where TCommand : ICommand<TOutput> =>
        Map(nsid, HttpMethods.Post, access, limit, async (http, admission) =>
        {
            await AuthenticateAsync(http, access);
            if (bodyLimit is not null) XrpcBody.Allow(http, bodyLimit(http));
            var (content, contentType) = XrpcBody.ReadStream(http, type);
            try
            {
                await XrpcAnswer.WriteJsonAsync(http, await SendAsync(http, admission, command(content, contentType)));
            }
            catch (InvalidDataException fault) when (http.Request.Headers.ContentEncoding.Count > 0) // the handler reads what is being decompressed
            {
                throw XrpcBody.NotAsEncoded(fault);
            }
        });

    /// <summary>A subscription: the socket is the handler's from here on.</summary>
    public void Socket(string nsid, RequestDelegate handler) => endpoints.Map($"/xrpc/{nsid}", handler);

    /// <summary>Every name that no route has: another service's, perhaps.</summary>
    public void Fallback() => endpoints.Map("/xrpc/{**nsid}", async http =>
    {
        var nsid = ProxyFallback.MethodOf(http);
        _rates?.Enter(http, Limit.Global).Count(http, request: null); // so that the caller of a method that is nobody's hears of it too
        await PassOnAsync(http, admission: default, nsid, ProxyFallback.RouteOf(http, nsid));
    });

    private void Map(string nsid, string method, Access access, Limit? limit, Func<HttpContext, Admission, Task> handler)
    {
        limit ??= Limit.Global;
        var name = Nsid.Parse(nsid);
        var inTurn = limit.AtOnce is { } atOnce ? InTurn(atOnce, handler) : handler;
        endpoints.Map($"/xrpc/{nsid}", http =>
        {
            var admission = _rates?.Enter(http, limit) ?? default;
            var isRight = HttpMethods.Equals(http.Request.Method, method) || (HttpMethods.IsGet(method) && HttpMethods.IsHead(http.Request.Method));
            if (!isRight) throw XrpcException.InvalidRequest($"Incorrect HTTP method ({http.Request.Method}) expected {method}");
            return RouteElsewhere(http, name) is { } route ? PassOnAsync(http, admission, name, route) : inTurn(http, admission);
        }).WithMetadata(limit, access, name); // service tokens are for one method
    }

    private ServiceRoute? RouteElsewhere(HttpContext http, Nsid name) =>
        _unlessElsewhere ? http.RequestServices.GetRequiredService<ServiceRoutes>().ElsewhereOf(name, http.Request.Headers[ServiceRoutes.Header]) : null;

    private static Func<HttpContext, Admission, Task> InTurn(AtOnce atOnce, Func<HttpContext, Admission, Task> handler) => async (http, admission) =>
    {
        var turns = http.RequestServices.GetRequiredService<RequestTurns>();
        using var turn = await turns.EnterAsync(atOnce, ClientAddress.Of(http), http.RequestAborted);
        await handler(http, admission);
    };

    private static async Task PassOnAsync(HttpContext http, Admission admission, Nsid nsid, ServiceRoute route)
    {
        await AuthenticateAsync(http, PassedOn);
        await UpstreamWriter.WriteAsItIsAsync(http, await SendAsync(http, admission, new PassOn(nsid, route)));
    }

    private static Task AnswerAsync<TOutput>(HttpContext http, Proxied<TOutput> answer) where TOutput : class =>
        answer.Theirs is { } theirs ? UpstreamWriter.WriteAsync(http, theirs) : XrpcAnswer.WriteJsonAsync(http, answer.Own);

    private static Task AuthenticateAsync(HttpContext http, Access access) =>
        access.IgnoresHeader
            ? Task.CompletedTask
            : http.RequestServices.GetRequiredService<Authenticator>().AuthenticateAsync(http, access, http.RequestAborted);

    private static Task<TOutput> SendAsync<TOutput>(HttpContext http, Admission admission, IRequest<TOutput> request)
    {
        admission.Count(http, request);
        return http.RequestServices.GetRequiredService<IMediator>().Send(request, http.RequestAborted);
    }
}
