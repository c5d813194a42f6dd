namespace Pds.Application.OAuth.Consent;

/// <summary>What an app asks for about one thing, in plain words.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="Items">In the order in which the app asks; never none.</param>
public sealed record ConsentGroup(ConsentTopic Topic, string Title, IReadOnlyList<ConsentItem> Items);
