using Pds.Domain.Crypto;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Crypto;
using Pds.Infrastructure.Persistence.Stores;

namespace Pds.Infrastructure.Tests.Persistence;

public sealed class ReadyKeysTests : IDisposable
{
    private static readonly Did Alice = Did.Parse("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa");

    private readonly ReadyKeys _ready = new();

    public void Dispose() => _ready.Dispose();

    [Fact]
    public async Task Opens_a_key_once()
    {
        var key = NewKey();

        Assert.Same(key, await _ready.GetAsync(Alice, () => Task.FromResult(key)));
        Assert.Same(key, await _ready.GetAsync(Alice, () => throw new InvalidOperationException("It is held already")));
    }

    [Fact]
    public async Task A_key_that_was_being_opened_while_it_was_replaced_is_not_held()
    {
        var (before, after, opening) = (NewKey(), NewKey(), new TaskCompletionSource<ISigningKey>());

        var early = _ready.GetAsync(Alice, () => opening.Task);
        _ready.Forget(Alice);
        opening.SetResult(before);

        Assert.Same(before, await early);
        Assert.Same(after, await _ready.GetAsync(Alice, () => Task.FromResult(after)));
    }

    private static ISigningKey NewKey()
    {
        var keys = new KeyFactory();
        return keys.Import(keys.Generate(Curve.K256));
    }
}
