using System.Text.RegularExpressions;
using MediatR;
using Pds.Api.Auth;
using Pds.Application.Errors;
using Pds.Application.Pipeline;
using Pds.Application.Sync.Exporting;
using Pds.Domain.Syntax;

namespace Pds.Api.Xrpc;

/// <summary>Maps methods. Each request goes the same way: verb, parameters, who calls, body, handler, answer; the first that is wrong is what the client hears.</summary>
internal sealed partial class XrpcRoutes(IEndpointRouteBuilder endpoints)
{
    /// <summary>The largest JSON body, in bytes, where a method does not say otherwise.</summary>
    public const int BodyLimit = 150 * 1024;

    /// <summary>The largest body of a method that writes records.</summary>
    public const int RecordBodyLimit = 1_000_000;

    /// <summary>A method that asks, and is answered in JSON; a few change something by being asked.</summary>
    public void Query<TQuery, TOutput>(string nsid, Access access) where TQuery : IRequest<TOutput> =>
        Query<TQuery, TOutput>(nsid, access, static (http, output) => XrpcAnswer.WriteJsonAsync(http, output));

    /// <summary>A method that is answered with a CAR.</summary>
    public void Car<TQuery>(string nsid, Access access) where TQuery : IQuery<CarOutput> =>
        Query<TQuery, CarOutput>(nsid, access, CarAnswer.WriteAsync);

    /// <summary>A method that asks, and is answered as <paramref name="answer"/> says.</summary>
    public void Query<TQuery, TOutput>(string nsid, Access access, Func<HttpContext, TOutput, Task> answer) where TQuery : IRequest<TOutput>
    {
        var parameters = new XrpcParams<TQuery>(nsid);
        Map(nsid, HttpMethods.Get, async http =>
        {
            var query = parameters.Bind(http.Request.Query);
            await AuthenticateAsync(http, access);
            await answer(http, await SendAsync(http, query));
        });
    }

    /// <summary>A method that changes something and takes a JSON body.</summary>
    public void Procedure<TCommand, TOutput>(string nsid, Access access, int bodyLimit = BodyLimit) where TCommand : ICommand<TOutput> =>
        Map(nsid, HttpMethods.Post, async http =>
        {
            await AuthenticateAsync(http, access);
            var command = await XrpcBody.ReadJsonAsync<TCommand>(http, bodyLimit);
            await XrpcAnswer.WriteJsonAsync(http, await SendAsync(http, command));
        });

    /// <summary>A method that changes something and takes no input.</summary>
    public void ProcedureWithoutInput<TCommand, TOutput>(string nsid, Access access) where TCommand : ICommand<TOutput>, new() =>
        Map(nsid, HttpMethods.Post, async http =>
        {
            await AuthenticateAsync(http, access);
            XrpcBody.EnsureNone(http.Request);
            await XrpcAnswer.WriteJsonAsync(http, await SendAsync(http, new TCommand()));
        });

    /// <summary>A method that takes a file, as a stream.</summary>
    public void Upload<TCommand, TOutput>(string nsid, Access access, Func<Stream, string, TCommand> command) where TCommand : ICommand<TOutput> =>
        Map(nsid, HttpMethods.Post, async http =>
        {
            await AuthenticateAsync(http, access);
            var (content, contentType) = XrpcBody.ReadStream(http);
            try
            {
                await XrpcAnswer.WriteJsonAsync(http, await SendAsync(http, command(content, contentType)));
            }
            catch (InvalidDataException fault) when (http.Request.Headers.ContentEncoding.Count > 0) // the handler reads what is being decompressed
            {
                throw XrpcBody.NotAsEncoded(fault);
            }
        });

    /// <summary>A subscription: the socket is the handler's from here on.</summary>
    public void Socket(string nsid, RequestDelegate handler) => endpoints.Map($"/xrpc/{nsid}", handler);

    /// <summary>Every name that no route has.</summary>
    public void Unknown() => endpoints.Map("/xrpc/{**nsid}", async http =>
    {
        var nsid = (string?)http.GetRouteValue("nsid") ?? "";
        if (nsid.Length == 0 || !MethodPath.IsMatch(nsid)) throw XrpcException.InvalidRequest("invalid xrpc path");
        await AuthenticateAsync(http, Access.Session);
        throw XrpcException.InvalidRequest($"No service configured for {nsid}");
    });

    private void Map(string nsid, string method, RequestDelegate handler) => endpoints.Map($"/xrpc/{nsid}", http =>
    {
        var isRight = HttpMethods.Equals(http.Request.Method, method) || (HttpMethods.IsGet(method) && HttpMethods.IsHead(http.Request.Method));
        return isRight ? handler(http) : throw XrpcException.InvalidRequest($"Incorrect HTTP method ({http.Request.Method}) expected {method}");
    }).WithMetadata(Nsid.Parse(nsid)); // service tokens are for one method

    private static Task AuthenticateAsync(HttpContext http, Access access) =>
        access.IgnoresHeader
            ? Task.CompletedTask
            : http.RequestServices.GetRequiredService<Authenticator>().AuthenticateAsync(http, access, http.RequestAborted);

    private static Task<TOutput> SendAsync<TOutput>(HttpContext http, IRequest<TOutput> request) =>
        http.RequestServices.GetRequiredService<IMediator>().Send(request, http.RequestAborted);

    [GeneratedRegex(@"^[a-zA-Z0-9.-]+\z")]
    private static partial Regex MethodPath { get; }
}
