using System.Text.Json;

namespace Pds.Api.Xrpc;

/// <summary>A list of a body has null where an element should be. The serializer adds a path that points into the list.</summary>
/// <param name="index">Where in the list.</param>
internal sealed class NullInListException(int index) : JsonException
{
    public int Index => index;
}
