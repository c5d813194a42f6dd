namespace Pds.Domain.OAuth.Scopes;

/// <summary><c>account:email?action=manage</c>: how the account is hosted (https://atproto.com/specs/permission#account).</summary>
public sealed class AccountScope : Scope
{
    internal const string Resource = "account";
    private const string Attr = "attr";
    private const string ActionName = "action";
    private const string ReadWord = "read";
    private const string ManageWord = "manage";

    private static readonly Dictionary<string, AccountAttribute> Attributes = new()
    {
        ["email"] = AccountAttribute.Email, ["repo"] = AccountAttribute.Repo, ["status"] = AccountAttribute.Status,
    };

    private AccountScope(AccountAttribute attribute, AccountAction action) : base(Print(attribute, action)) => (Attribute, Action) = (attribute, action);

    public AccountAttribute Attribute { get; }

    public AccountAction Action { get; }

    public static AccountScope Of(AccountAttribute attribute, AccountAction action) => new(attribute, action);

    public override bool Covers(Scope needed) => needed is AccountScope account && account.Attribute == Attribute && account.Action <= Action;

    internal static AccountScope? Read(ScopeParameters parameters)
    {
        if (parameters.Values(Attr, ActionName) is not { } values) return null;
        if (values[Attr].ToList() is not [var attr] || !Attributes.TryGetValue(attr, out var attribute)) return null;

        var actions = values[ActionName].ToList();
        return actions.TrueForAll(action => action is ReadWord or ManageWord)
            ? new AccountScope(attribute, actions.Contains(ManageWord) ? AccountAction.Manage : AccountAction.Read)
            : null;
    }

    private static string Print(AccountAttribute attribute, AccountAction action) => ScopeText.Print(
        Resource, (Attr, [Attributes.First(pair => pair.Value == attribute).Key]), (ActionName, action == AccountAction.Manage ? [ManageWord] : []));
}
