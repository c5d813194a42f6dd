using Pds.Application.Errors;
using Pds.TestKit;

namespace Pds.Api.Tests.Stories;

/// <summary>An operator may teach the server lexicons of his own.</summary>
public sealed class OperatorLexiconTests(OperatorLexiconTests.Taught pds) : IClassFixture<OperatorLexiconTests.Taught>
{
    private const string Document =
        """
        {"lexicon":1,"id":"org.example.note","defs":{"main":{"type":"record","key":"any","record":{"type":"object","required":["note"],
        "properties":{"note":{"type":"string","maxLength":5}}}}}}
        """;

    [Fact]
    public async Task A_record_of_a_taught_type_is_checked_against_its_document()
    {
        var alice = await pds.SignUpAsync();

        var right = await alice.CreateRecordAsync(new { note = "short" }, "org.example.note");
        var wrong = await alice.CreateRecordAsync(new { note = "too long" }, "org.example.note");

        Assert.Equal("valid", right.Ok().GetProperty("validationStatus").GetString());
        wrong.Refused(400, "InvalidRequest");
        Assert.StartsWith("Invalid org.example.note record: ", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_that_is_wrong_stops_the_start_and_is_named()
    {
        var folder = Directory.CreateTempSubdirectory("lexicons-");
        File.WriteAllText(Path.Combine(folder.FullName, "broken.json"), "{");

        var refusal = Assert.Throws<StartupException>(() => PdsServer.Build(
            ["--Pds:Service:Port=0", $"--Pds:Storage:DataDirectory={folder.FullName}/data", $"--Pds:Lexicons:Directory={folder.FullName}"]));

        Assert.Contains("broken.json", refusal.Message, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    public sealed class Taught : PdsFixture
    {
        protected override IReadOnlyDictionary<string, string> Settings
        {
            get
            {
                var folder = Data.CreateSubdirectory("lexicons");
                File.WriteAllText(Path.Combine(folder.FullName, "note.json"), Document);
                return new Dictionary<string, string> { ["Pds:Lexicons:Directory"] = folder.FullName };
            }
        }
    }
}
