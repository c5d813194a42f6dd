using System.CommandLine;
using Pds.Domain.Syntax;

namespace Pds.Api.Cli;

/// <summary>A verb that speaks to the running server.</summary>
internal abstract class RemoteVerb : Command
{
    protected RemoteVerb(string name, string description) : base(name, description) =>
        SetAction((arguments, ct) => ConnectAndRunAsync(arguments, ct));

    /// <summary>Where the server is.</summary>
    public static Option<Uri?> Url { get; } = new("--url")
    {
        Description = "Where the server is; by default on this machine, at the port that its settings say. The password is read from PDS_ADMIN_PASSWORD.",
        Recursive = true,
        CustomParser = result =>
        {
            if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https") return url;
            result.AddError($"'{result.Tokens[0].Value}' is not an http or https address");
            return null;
        },
    };

    /// <summary>Whether the password may go over the network as it is.</summary>
    public static Option<bool> Insecure { get; } = new("--insecure") { Description = "Send the administrator's password over plain http to another machine", Recursive = true };

    /// <summary>Whether scripts read what is said.</summary>
    public static Option<bool> Json { get; } = new("--json") { Description = "Say it as JSON, for scripts", Recursive = true };

    /// <summary>An account by its DID or its handle.</summary>
    protected static Argument<AtIdentifier> AccountArgument() => new("account")
    {
        Description = "A DID, or a handle",
        CustomParser = result => Parse<AtIdentifier>(result, "a DID or a handle"),
    };

    /// <summary>Relays by their addresses.</summary>
    protected static Argument<string[]> RelaysArgument() => new("relays") { Description = "Their addresses; by default those of PDS_CRAWLERS", Arity = ArgumentArity.ZeroOrMore };

    /// <summary>Text that is one of the protocol's.</summary>
    protected static T? Parse<T>(System.CommandLine.Parsing.ArgumentResult result, string expected) where T : class, ISyntax<T> => Parse<T>(result, result.Tokens[0].Value, expected);

    /// <summary>One of several texts.</summary>
    protected static T? Parse<T>(System.CommandLine.Parsing.ArgumentResult result, string text, string expected) where T : class, ISyntax<T>
    {
        if (T.TryParse(text, out var value)) return value;
        result.AddError($"'{text}' is not {expected}");
        return null;
    }

    protected abstract Task RunAsync(ParseResult arguments, Remote server, CliOutput output, CancellationToken ct);

    /// <exception cref="CliException">Everybody on the way there could read the password.</exception>
    private static Uri? SecureUrl(ParseResult arguments) =>
        arguments.GetValue(Url) is not { Scheme: "http", IsLoopback: false } url || arguments.GetValue(Insecure)
            ? arguments.GetValue(Url)
            : throw new CliException(ExitCode.Usage, $"The administrator's password would go to {url.Host} in clear: use https, or --insecure if nobody else is on the way there");

    private async Task<int> ConnectAndRunAsync(ParseResult arguments, CancellationToken ct)
    {
        var invocation = (CliInvocation)arguments.InvocationConfiguration;
        using var server = RemoteSettings.Connect(SecureUrl(arguments), invocation.Variables);
        try
        {
            await RunAsync(arguments, server, new CliOutput(invocation) { IsJson = arguments.GetValue(Json) }, ct);
            return ExitCode.Done;
        }
        catch (Exception failure) when (failure is KeyNotFoundException or InvalidOperationException or FormatException) // JSON, but not that of the method
        {
            throw new CliException(ExitCode.Unreachable, "What answers is not a Personal Data Server, or one of another version", failure);
        }
    }
}
