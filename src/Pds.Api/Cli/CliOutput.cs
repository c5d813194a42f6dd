using System.Text.Json;
using Spectre.Console;

namespace Pds.Api.Cli;

/// <summary>What verbs say: tables and sentences for people, or one JSON document for scripts. Errors and progress go to the error output.</summary>
internal sealed class CliOutput
{
    private const int WideEnough = 1000;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly CliInvocation _invocation;
    private readonly IAnsiConsole _console;
    private readonly IAnsiConsole _progress;

    public CliOutput(CliInvocation invocation)
    {
        _invocation = invocation;
        _console = ConsoleOn(invocation.Output, Console.IsOutputRedirected);
        _progress = ConsoleOn(invocation.Error, Console.IsErrorRedirected);
    }

    /// <summary>Whether scripts read it.</summary>
    public bool IsJson { get; init; }

    /// <summary>What was done: a sentence, or the server's answer.</summary>
    public void Done(string sentence, object answer)
    {
        if (IsJson) Json(answer);
        else _invocation.Output.WriteLine(sentence);
    }

    /// <summary>Rows under headings, or all of them as the server gave them.</summary>
    public void Table(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows, object answer)
    {
        if (IsJson)
        {
            Json(answer);
            return;
        }

        var table = new Table { Border = TableBorder.Simple };
        foreach (var heading in headings) table.AddColumn(new TableColumn(Markup.Escape(heading)).NoWrap());
        foreach (var row in rows) table.AddRow([.. row.Select(cell => Markup.Escape(Visible(cell)))]);
        _console.Write(table);
    }

    /// <summary>A spinner with a count while something takes long; nothing where nobody looks.</summary>
    public Task<T> WhileAsync<T>(string what, Func<Action<int>, Task<T>> work) =>
        _progress.Profile.Capabilities.Interactive
            ? _progress.Status().StartAsync(Markup.Escape(what), status => work(count => status.Status(Markup.Escape($"{what}: {count}"))))
            : work(_ => { });

    /// <summary>Puts a question to the person at the keyboard; null where nobody is there.</summary>
    public string? Ask(string question)
    {
        if (!_invocation.IsInteractive) return null;
        _invocation.Error.Write(question);
        return _invocation.Input.ReadLine();
    }

    private void Json(object answer) => _invocation.Output.WriteLine(JsonSerializer.Serialize(answer, Indented));

    /// <summary>Text that users chose must not steer the terminal.</summary>
    private static string Visible(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c));

    private static IAnsiConsole ConsoleOn(TextWriter writer, bool isRedirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        if (isRedirected) console.Profile.Width = WideEnough; // a pipe has no edge to wrap at
        return console;
    }
}
