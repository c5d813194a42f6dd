using Pds.Api;
using Pds.Api.Cli;
using Pds.Api.Configuration;
using Pds.Application.Errors;

if (Cli.Takes(args)) return await Cli.RunAsync(args, new CliInvocation(), CancellationToken.None);

try
{
    await using var server = PdsServer.Build(Cli.ServerArguments(args));
    await server.RunAsync();
    return 0;
}
catch (Exception refused) when (refused is SettingsException or StartupException)
{
    await Console.Error.WriteLineAsync(refused.Message); // for the operator: what to do, not where it was thrown
    return 1;
}
