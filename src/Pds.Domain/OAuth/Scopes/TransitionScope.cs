namespace Pds.Domain.OAuth.Scopes;

/// <summary><c>transition:generic</c>, <c>transition:email</c>, <c>transition:chat.bsky</c> (https://atproto.com/specs/oauth#authorization-scopes).</summary>
public sealed class TransitionScope : Scope
{
    private const string Chat = "chat.bsky.";

    private static readonly Dictionary<string, TransitionScope> ByText = new TransitionScope[]
    {
        new("transition:generic", Transition.Generic), new("transition:email", Transition.Email), new("transition:chat.bsky", Transition.ChatBsky),
    }.ToDictionary(scope => scope.Text);

    private TransitionScope(string text, Transition transition) : base(text) => Transition = transition;

    public Transition Transition { get; }

    public static TransitionScope Of(Transition transition) => ByText.Values.First(scope => scope.Transition == transition);

    public override bool Covers(Scope needed) => needed switch
    {
        RepoScope or BlobScope => Transition == Transition.Generic,
        RpcScope rpc => Transition == (IsChat(rpc) ? Transition.ChatBsky : Transition.Generic),
        AccountScope account => Transition == Transition.Email && account is { Attribute: AccountAttribute.Email, Action: AccountAction.Read },
        _ => Equals(needed),
    };

    internal static TransitionScope? Read(string? word) => word is not null ? ByText.GetValueOrDefault(word) : null;

    /// <summary>Whether every method of it is about direct messages. Names are compared without regard to case: some server somewhere may route them so.</summary>
    private static bool IsChat(RpcScope rpc) => rpc.Methods is { } methods && methods.Any(method => method.Value.StartsWith(Chat, StringComparison.OrdinalIgnoreCase));
}
