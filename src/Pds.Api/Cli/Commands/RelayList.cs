using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace Pds.Api.Cli.Commands;

/// <summary><c>relay list</c>: how this server stands at relays.</summary>
internal sealed class RelayList : RemoteVerb
{
    private readonly Argument<string[]> _relays = RelaysArgument();

    public RelayList() : base("list", "Show what relays know of this server, and how far they are behind") => Add(_relays);

    protected override async Task RunAsync(ParseResult arguments, Remote server, CliOutput output, CancellationToken ct)
    {
        var relays = arguments.GetValue(_relays) ?? [];
        var answer = await server.QueryAsync("local.pds.admin.listRelays", ct, [.. relays.Select(relay => ("relays", (object?)relay))]);

        var (own, views) = (answer.GetProperty("seq").GetInt64(), answer.GetProperty("relays").EnumerateArray().ToList());
        string[] self = [answer.TextOf("hostname"), "this server", answer.TextOf("accountCount"), answer.TextOf("seq"), ""];
        output.Table(["", "Status", "Accounts", "Last event", "Behind"], views.Select(view => Row(view, own)).Prepend(self), answer);
        if (views.Count == 0) throw new CliException(ExitCode.Refused, "No relay is asked: name one, or set PDS_CRAWLERS");
    }

    private static string[] Row(JsonElement view, long own)
    {
        var status = view.TextOf("failure") is { Length: > 0 } failure ? failure : view.TextOf("status");
        return [view.TextOf("relay"), status, view.TextOf("accountCount"), view.TextOf("seq"), view.TryGetProperty("seq", out var seq) ? Behind(own, seq.GetInt64()) : ""];
    }

    /// <summary>Numbers are microseconds: what lies between two events is time.</summary>
    private static string Behind(long own, long theirs) => (own - theirs) switch
    {
        0 => "no",
        < 0 => "ahead: this server has forgotten events",
        var microseconds => TimeSpan.FromMicroseconds(microseconds).ToString(microseconds < TimeSpan.MicrosecondsPerDay ? @"hh\:mm\:ss" : @"d\.hh\:mm\:ss", CultureInfo.InvariantCulture),
    };
}
