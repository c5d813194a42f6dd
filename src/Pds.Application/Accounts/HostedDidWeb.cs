using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Identity;
using Pds.Domain.Plc;
using Pds.Domain.Syntax;

namespace Pds.Application.Accounts;

/// <summary>The did:web identities that are names of this server's own domains: what their documents say, and that no such name is ever anybody else's.</summary>
/// <remarks>
/// A document is not stored but follows from the account, so it is right after every change of the handle or the key. It is there as long as the account is,
/// whatever state that is in: who is taken down or deactivated must be able to prove who they are, or they could not leave.
/// </remarks>
internal sealed class HostedDidWeb(IAccountStore accounts, IDepartedNameStore departed, HostedIdentity hosted, HandlePolicy handles) : IHostedDocuments
{
    public async ValueTask<DidDocument?> FindAsync(Did did, CancellationToken ct)
    {
        if (handles.NameOf(did) is not { } name) return null;
        if (await departed.FindAsync(name, ct) is { } gone) return gone.MovedTo is { } elsewhere ? DocumentOf(did, elsewhere) : null;
        return await accounts.FindAsync(did, ct) is { } account ? await DocumentOfAsync(account, ct) : null;
    }

    public async ValueTask<Did?> FindMovedAsync(Handle handle, CancellationToken ct) =>
        await departed.FindAsync(handle, ct) is { MovedTo.Handle: { } kept } name && kept == handle ? name.Did : null;

    /// <summary>Whether a document follows from what is here: such a DID is not its owner's to change.</summary>
    public bool IsOwn(Did did) => handles.NameOf(did) is not null;

    /// <summary>Refuses a handle that is, or was, the name of an identity other than <paramref name="owner"/>. Called in the handle's turn.</summary>
    /// <exception cref="XrpcException">HandleNotAvailable.</exception>
    public async Task RequireNoOthersAsync(Handle handle, Did? owner, CancellationToken ct)
    {
        if (Did.Web(handle.Value) != owner && await IsNameAsync(handle, ct)) throw NotAvailable();
    }

    /// <summary>Whether a handle is, or was, the name of an identity.</summary>
    public async ValueTask<bool> IsNameAsync(Handle handle, CancellationToken ct) =>
        handles.IsServed(handle) && (await accounts.FindAsync(Did.Web(handle.Value), ct) is not null || await departed.FindAsync(handle, ct) is not null);

    /// <summary>Refuses a did:web of this server's own that was an account's before. Called in its name's turn.</summary>
    /// <exception cref="XrpcException">HandleNotAvailable.</exception>
    public async Task RequireNewAsync(Did did, CancellationToken ct)
    {
        if (handles.NameOf(did) is { } name && await departed.FindAsync(name, ct) is not null) throw NotAvailable();
    }

    /// <summary>Refuses a did:web that bears a name of this server's own and whose document another host keeps: there cannot be two. One that began here may come back.</summary>
    /// <exception cref="XrpcException">InvalidRequest.</exception>
    public async Task RequireNoOtherHostsAsync(Did did, CancellationToken ct)
    {
        if (handles.NameOf(did) is { } name && await departed.FindAsync(name, ct) is null)
            throw XrpcException.InvalidRequest($"The document of {did} is not kept by this server, which gives that name to its own accounts");
    }

    /// <summary>Keeps the name of an account that is being deleted from everybody else.</summary>
    public void Retire(Did did)
    {
        if (handles.NameOf(did) is { } name) departed.SetDeleted(name);
    }

    private async ValueTask<DidDocument> DocumentOfAsync(Account account, CancellationToken ct)
    {
        var state = await hosted.DescribeAsync(account.Did, account.ShownHandle, ct);
        return new PlcData(account.Did, account.Handle is null ? state with { AlsoKnownAs = [] } : state).ToDocument();
    }

    private static DidDocument DocumentOf(Did did, MovedAccount account) =>
        new PlcData(did, PlcState.Of(rotationKeys: [], account.SigningKey, account.Handle, account.Pds)).ToDocument();

    private static XrpcException NotAvailable() => XrpcException.HandleRefused(HandleRefusal.Reserved.Name, HandleRefusal.Reserved.Message);
}
