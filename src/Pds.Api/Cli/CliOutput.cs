using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace Pds.Api.Cli;

/// <summary>What verbs say: tables and sentences for people, or one JSON document for scripts. Errors and progress go to the error output.</summary>
internal sealed class CliOutput(CliInvocation invocation)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether scripts read it.</summary>
    public bool IsJson { get; init; }

    /// <summary>What was done: a sentence, or the server's answer.</summary>
    public void Done(string sentence, object answer) => Done([sentence], answer);

    /// <summary>What was done, in several lines.</summary>
    public void Done(IEnumerable<string> lines, object answer)
    {
        if (IsJson) Json(answer);
        else foreach (var line in lines) invocation.Output.WriteLine(PlainText.Of(line));
    }

    /// <summary>Rows under headings, or all of them as the server gave them. A row is a line, however narrow the terminal: nothing is cut off.</summary>
    public void Table(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows, object answer)
    {
        if (IsJson)
        {
            Json(answer);
            return;
        }

        var lines = rows.Prepend(headings).Select(row => row.Select(PlainText.Of).ToArray()).ToList();
        var widths = headings.Select((_, column) => lines.Max(line => line[column].Length)).ToArray();
        foreach (var line in lines.Where(line => line.Any(cell => cell.Length > 0)))
            invocation.Output.WriteLine(string.Join("  ", line.Zip(widths, (cell, width) => cell.PadRight(width))).TrimEnd());
    }

    /// <summary>A spinner with a count while something takes long; nothing where nobody looks.</summary>
    public Task<T> WhileAsync<T>(string what, Func<Action<int>, Task<T>> work) => !invocation.ShowsProgress
        ? work(_ => { })
        : AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(invocation.Error) }).Status()
            .StartAsync(Markup.Escape(what), status => work(count => status.Status(Markup.Escape($"{what}: {count}"))));

    /// <summary>A bar while something takes long; nothing where nobody looks.</summary>
    /// <param name="what">What is counted.</param>
    /// <param name="work">Is given what to tell how far it is, of how much.</param>
    public Task<T> WithBarAsync<T>(string what, Func<Action<int, int>, Task<T>> work) => !invocation.ShowsProgress
        ? work((_, _) => { })
        : AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(invocation.Error) }).Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(bars =>
            {
                var bar = bars.AddTask(Markup.Escape(what));
                return work((done, total) =>
                {
                    (bar.MaxValue, bar.Value) = (Math.Max(total, 1), total == 0 ? 1 : done);
                    bar.Description = Markup.Escape($"{what}: {done} of {total}");
                });
            });

    /// <summary>Something that the operator must know, whoever reads the answer.</summary>
    public void Warn(string sentence) => invocation.Error.WriteLine(PlainText.Of(sentence));

    /// <summary>Puts a question to the person at the keyboard; null where nobody is there.</summary>
    public string? Ask(string question)
    {
        if (!invocation.IsInteractive) return null;
        invocation.Error.Write(PlainText.Of(question));
        return invocation.Input.ReadLine();
    }

    private void Json(object answer) => invocation.Output.WriteLine(JsonSerializer.Serialize(answer, Indented));
}
