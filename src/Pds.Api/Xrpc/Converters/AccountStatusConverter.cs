using System.Text.Json;
using System.Text.Json.Serialization;
using Pds.Domain.Accounts;

namespace Pds.Api.Xrpc.Converters;

/// <summary>An account's status in the lexicons' words. Only ever written.</summary>
internal sealed class AccountStatusConverter : JsonConverter<AccountStatus>
{
    public override AccountStatus Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, AccountStatus value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToText());
}
