using System.Text;
using System.Text.Json;
using Pds.Application.Errors;
using Pds.Domain.Accounts;
using Pds.Domain.Data;
using Pds.Domain.Lexicon;

namespace Pds.Application.AppBsky.Actor.Preferences;

/// <summary>Reads preferences as they are sent. Those that the lexicon knows are held against it; any others of the namespace are kept as they are.</summary>
internal sealed class PreferenceForm(DefinedData definitions)
{
    private const string Definition = "app.bsky.actor.defs#preferences";

    private readonly HashSet<string> _known = [.. definitions.VariantsOf(Definition)];

    /// <exception cref="XrpcException">InvalidRequest: one is no preference, not as its definition has it, or of another namespace.</exception>
    public IReadOnlyList<Preference> Read(IReadOnlyList<JsonElement> sent)
    {
        var preferences = Defined(sent).Items.Select((data, i) => Of((LexObject)data, sent[i])).ToList();
        return preferences.TrueForAll(preference => preference.IsInNamespace)
            ? preferences
            : throw XrpcException.InvalidRequest($"Some preferences are not in the {Preference.Namespace} namespace");
    }

    private LexArray Defined(IReadOnlyList<JsonElement> sent)
    {
        try
        {
            return (LexArray)definitions.Read(Definition, new LexArray([.. sent.Select(DataOf)]), "$.preferences");
        }
        catch (Exception wrong) when (wrong is InvalidRecordException or DataModelException)
        {
            throw XrpcException.InvalidRequest(wrong.Message, wrong);
        }
    }

    /// <summary>What there is to look at: of a preference that nobody here knows, which need not be data of the protocol, the name alone.</summary>
    private LexValue DataOf(JsonElement sent) => TypeOf(sent) is { } type && !_known.Contains(type)
        ? LexObject.Empty.With(LexObject.TypeKey, new LexString(type))
        : DagJson.Parse(Encoding.UTF8.GetBytes(sent.GetRawText()));

    private Preference Of(LexObject data, JsonElement sent) => new(data.Type!, _known.Contains(data.Type!) ? DagJson.ToText(data) : sent.GetRawText());

    private static string? TypeOf(JsonElement sent) =>
        sent.ValueKind == JsonValueKind.Object && sent.TryGetProperty(LexObject.TypeKey, out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null;
}
