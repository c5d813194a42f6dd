using System.Diagnostics;
using System.Text.Json.Nodes;
using Pds.TestKit;

namespace Pds.Api.Tests.OAuth;

/// <summary>The official client for Node.js as the backend of an app: <c>tests/clients/lib/confidential-app.mjs</c>, in a process of its own.</summary>
internal sealed class NodeApp : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private NodeApp(Process process) => _process = process;

    /// <summary>Where <c>scripts/setup-clients.sh</c> puts the SDKs.</summary>
    public static string Modules => Checkout.PathOf("tests", "clients", "node_modules");

    public static NodeApp Start(string url)
    {
        var own = Path.Combine(Modules, ".bin", "node"); // where the platform has a package with a Node.js
        return new NodeApp(Process.Start(new ProcessStartInfo(File.Exists(own) ? own : "node", [Checkout.PathOf("tests", "clients", "lib", "confidential-app.mjs"), url, $"{url}/plc"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!);
    }

    /// <summary>Has it do something, and answers what came of that.</summary>
    /// <exception cref="InvalidOperationException">It could not.</exception>
    public async Task<JsonNode?> DoAsync(string act, JsonNode? value = null)
    {
        await _process.StandardInput.WriteLineAsync(new JsonObject { ["act"] = act, ["value"] = value }.ToJsonString());
        var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience) ?? throw new InvalidOperationException($"The app ended at {act}");
        var answer = JsonNode.Parse(line)!;
        return answer["error"] is { } error ? throw new InvalidOperationException($"{act}: {error}") : answer["done"];
    }

    /// <summary>The same where the answer is a text.</summary>
    public async Task<string> AskAsync(string act, string? value = null) => (await DoAsync(act, value))!.GetValue<string>();

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
