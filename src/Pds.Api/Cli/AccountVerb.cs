using System.CommandLine;
using Pds.Domain.Syntax;

namespace Pds.Api.Cli;

/// <summary>A verb on one account.</summary>
internal abstract class AccountVerb : RemoteVerb
{
    private readonly Argument<AtIdentifier> _account = AccountArgument();

    protected AccountVerb(string name, string description) : base(name, description) => Add(_account);

    protected abstract Task RunAsync(Did did, ParseResult arguments, Remote server, CliOutput output, CancellationToken ct);

    protected sealed override async Task RunAsync(ParseResult arguments, Remote server, CliOutput output, CancellationToken ct) =>
        await RunAsync(await server.FindDidAsync(arguments.GetRequiredValue(_account), ct), arguments, server, output, ct);
}
