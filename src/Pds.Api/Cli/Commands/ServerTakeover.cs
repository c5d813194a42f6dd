using System.CommandLine;
using Pds.Api.Configuration;
using Pds.Application;
using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Application.Takeover;
using Pds.Infrastructure;

namespace Pds.Api.Cli.Commands;

/// <summary><c>server takeover</c>: brings everything of an official server's data directory into this server's, which is stopped meanwhile.</summary>
internal sealed class ServerTakeover : Command
{
    private readonly Argument<DirectoryInfo> _directory = new("directory") { Description = "The data directory of the official server: where its account.sqlite and its actors folder are" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Read and check everything, and write nothing" };
    private readonly Option<BlobTransfer> _blobs = new("--blobs") { Description = "Copy the blobs, link them (one file under two names), or move them", DefaultValueFactory = _ => BlobTransfer.Copy };
    private readonly Option<DirectoryInfo?> _blobDirectory = new("--blob-directory") { Description = "Where the old server's blobs are; by default its folder blocks, or PDS_BLOBSTORE_DISK_LOCATION" };

    public ServerTakeover() : base("takeover", "Take the place of an official server: bring its accounts, repos, blobs and sessions here")
    {
        Add(_directory);
        Add(_dryRun);
        Add(_blobs);
        Add(_blobDirectory);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken ct)
    {
        var invocation = (CliInvocation)arguments.InvocationConfiguration;
        var output = new CliOutput(invocation) { IsJson = arguments.GetValue(RemoteVerb.Json) };
        try
        {
            var source = new TakeoverSource(CliSettings.Read(invocation.Variables), arguments.GetRequiredValue(_directory).FullName);
            var takeover = source.Locate(arguments.GetValue(_blobDirectory)?.FullName) with { Blobs = arguments.GetValue(_blobs), IsDryRun = arguments.GetValue(_dryRun) };
            var report = await RunAsync(source.ReadOptions(takeover.IsDryRun), takeover, output, ct);
            output.Done(TakeoverLines.Of(report), report);
            return report.Problems.Count == 0 ? ExitCode.Done : ExitCode.Refused;
        }
        catch (SettingsException wrong)
        {
            throw new CliException(ExitCode.Usage, wrong.Message, wrong);
        }
        catch (OperationCanceledException ended) when (ct.IsCancellationRequested)
        {
            throw new CliException(ExitCode.Refused, "Ended before it was done. The same words again go on from here.", ended);
        }
        catch (Exception refused) when (refused is OfficialDataException or StartupException or XrpcException or IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.Refused, refused.Message, refused);
        }
    }

    private static async Task<TakeoverReport> RunAsync(PdsOptions options, TakeoverOptions takeover, CliOutput output, CancellationToken ct)
    {
        await using var server = LocalServer.Build(options, services =>
        {
            services.AddTakeover(takeover).AddOfficialServer();
            services.AddSingleton(options.Imports with { MaxSize = long.MaxValue, Directory = takeover.IsDryRun ? Path.GetTempPath() : options.Imports.Directory });
        });
        if (!takeover.IsDryRun)
        {
            await server.StartInfrastructureAsync(ct);
            foreach (var warning in options.Warnings) output.Warn(warning);
        }

        return await output.WithBarAsync("Accounts", tell => server.GetRequiredService<OfficialTakeover>().RunAsync(tell, ct));
    }
}
