using System.CommandLine;
using System.Text.Json;

namespace Pds.Api.Cli.Commands;

/// <summary><c>invite list</c>: the codes there are, and who used them.</summary>
internal sealed class InviteList : RemoteVerb
{
    private const int PageSize = 500;

    private readonly Option<string> _sort = new Option<string>("--sort") { Description = "By age, or by use", DefaultValueFactory = _ => "recent" }.AcceptOnlyFromAmong("recent", "usage");

    public InviteList() : base("list", "List the invite codes") => Add(_sort);

    protected override async Task RunAsync(ParseResult arguments, Remote server, CliOutput output, CancellationToken ct)
    {
        var codes = await output.WhileAsync("Reading invite codes", async count =>
        {
            List<JsonElement> codes = [];
            await foreach (var code in server.ListAsync("com.atproto.admin.getInviteCodes", "codes", ct, ("sort", arguments.GetValue(_sort)), ("limit", PageSize)))
            {
                codes.Add(code);
                count(codes.Count);
            }

            return codes;
        });

        output.Table(["Code", "Uses", "Disabled", "For", "By", "Since"], codes.Select(Row), codes);
    }

    private static string[] Row(JsonElement code) => [
        code.TextOf("code"), $"{code.GetProperty("uses").GetArrayLength()} of {code.TextOf("available")}", code.GetProperty("disabled").GetBoolean() ? "yes" : "",
        code.TextOf("forAccount"), code.TextOf("createdBy"), code.DayOf("createdAt")];
}
