namespace Pds.Application.OAuth.Consent;

/// <summary>What an app asks for about one thing.</summary>
/// <param name="Items">In the order in which the app asks; never none.</param>
public sealed record ConsentGroup(ConsentTopic Topic, IReadOnlyList<ConsentItem> Items);
