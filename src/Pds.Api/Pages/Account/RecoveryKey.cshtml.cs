using Microsoft.AspNetCore.Mvc;
using Pds.Api.Limits;
using Pds.Application.Errors;
using Pds.Application.Identity;
using Pds.Application.Identity.Updating;
using Pds.Domain.Accounts;
using Pds.Domain.Crypto;

namespace Pds.Api.Pages.Accounts;

/// <summary><c>/account/{account}/recovery-key</c>: a key of the user's own above the server's, with which the identity can be taken back whatever the server does.</summary>
internal sealed class RecoveryKeyModel : AccountPage
{
    public IReadOnlyList<ListRotationKeys.Item> Keys { get; private set; } = [];

    /// <summary>What was typed.</summary>
    public string? Wanted { get; private set; }

    public Task<IActionResult> OnPostCodeAsync() => DoAsync(() => SendAsync(new RequestPlcOperationSignature(), Limit.RequestPlcOperationSignature), Texts.CodeSent);

    public Task<IActionResult> OnPostAddAsync(string? key, string? code, string? proof) =>
        ChangeAsync(key, code, proof, (keys, own) => keys.Contains(own) ? throw XrpcException.InvalidRequest(Texts.KeyIsThere) : [own, .. keys], Texts.KeyIsAdded);

    public Task<IActionResult> OnPostRemoveAsync(string? key, string? code, string? proof) =>
        ChangeAsync(key, code, proof, (keys, own) => keys.Contains(own) ? [.. keys.Where(one => one != own)] : throw XrpcException.InvalidRequest(Texts.KeyIsNotThere), Texts.KeyIsRemoved);

    protected override async Task LoadAsync() => Keys = await SendAsync(new ListRotationKeys());

    private Task<IActionResult> ChangeAsync(string? text, string? code, string? proof, Func<IReadOnlyList<DidKey>, DidKey, IReadOnlyList<DidKey>> change, string told)
    {
        Wanted = text;
        return DoAsync(
            async () =>
            {
                if (!DidKey.TryParse(text?.Trim() ?? "", out var own)) throw XrpcException.InvalidRequest(Texts.NoKey);
                await LoadAsync();
                var keys = change([.. Keys.Select(item => item.Key)], own);

                await ProveAsync(proof);
                var signed = await SendAsync(new SignPlcOperation(Secret.Of(code ?? ""), [.. keys.Select(key => key.ToString())]));
                await SendAsync(new SubmitPlcOperation(signed.Operation));
            },
            told);
    }
}
