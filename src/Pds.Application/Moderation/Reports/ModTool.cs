using System.Text.Json;

namespace Pds.Application.Moderation.Reports;

/// <summary><c>com.atproto.moderation.createReport#modTool</c>: the program that a report was made with.</summary>
/// <param name="Name">Such as <c>bsky-app/android</c>.</param>
/// <param name="Meta">For the service that the report goes to; not kept here.</param>
public sealed record ModTool(string Name, JsonElement? Meta = null);
