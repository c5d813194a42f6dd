using System.Security.Cryptography;
using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Tests.Contracts;

/// <summary>What every place for the bytes of blobs does.</summary>
public abstract class BlobStoreContract
{
    private const long Limit = 1_000_000;

    private static readonly Did Alice = Did.Parse("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa");

    private readonly IBlobStore _blobs;

    private protected BlobStoreContract(IBlobStore blobs) => _blobs = blobs;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(200_000)]
    public async Task Gives_back_what_it_was_given(int length)
    {
        var content = RandomNumberGenerator.GetBytes(length);

        await using var incoming = await _blobs.ReceiveAsync(Alice, new MemoryStream(content), Limit, CancellationToken.None);
        await incoming.KeepAsync(CancellationToken.None);

        Assert.Equal(Cid.Of(CidCodec.Raw, content), incoming.Cid);
        Assert.Equal(length, incoming.Size);
        Assert.Equal(content[..Math.Min(length, 4096)], incoming.Head.ToArray());
        Assert.Equal(content, await ReadAsync(Alice, incoming.Cid));
    }

    [Fact]
    public async Task Shows_the_head_of_a_blob_that_arrives_byte_by_byte()
    {
        var content = RandomNumberGenerator.GetBytes(6000);

        await using var incoming = await _blobs.ReceiveAsync(Alice, new SlowStream(content), Limit, CancellationToken.None);

        Assert.Equal(content[..4096], incoming.Head.ToArray());
        Assert.Equal(Cid.Of(CidCodec.Raw, content), incoming.Cid);
    }

    [Fact]
    public async Task Keeps_nothing_until_it_is_told_to()
    {
        Cid cid;
        await using (var incoming = await _blobs.ReceiveAsync(Alice, new MemoryStream([1]), Limit, CancellationToken.None))
        {
            cid = incoming.Cid;
            Assert.Null(await _blobs.OpenAsync(Alice, cid, CancellationToken.None));
        }

        Assert.Null(await _blobs.OpenAsync(Alice, cid, CancellationToken.None));
        Assert.Equal(0, CountLeftovers());
    }

    [Fact]
    public async Task Takes_a_blob_of_just_the_limit_and_none_that_is_longer()
    {
        await using var incoming = await _blobs.ReceiveAsync(Alice, new MemoryStream(new byte[100]), limit: 100, CancellationToken.None);
        var refusal = await Assert.ThrowsAsync<XrpcException>(() => _blobs.ReceiveAsync(Alice, new MemoryStream(new byte[101]), limit: 100, CancellationToken.None));

        Assert.Equal(XrpcErrorKind.PayloadTooLarge, refusal.Kind);
        Assert.Equal(1, CountLeftovers()); // the one that is still held
    }

    [Fact]
    public async Task Leaves_nothing_of_a_blob_that_breaks_off()
    {
        await Assert.ThrowsAsync<EndOfStreamException>(() => _blobs.ReceiveAsync(Alice, new SlowStream([1, 2, 3]) { BreaksOff = true }, Limit, CancellationToken.None));

        Assert.Equal(0, CountLeftovers());
    }

    [Fact]
    public async Task Keeps_the_same_blob_twice_without_complaint()
    {
        var cid = await KeepAsync(Alice, [1, 2, 3]);

        Assert.Equal(cid, await KeepAsync(Alice, [1, 2, 3]));
        Assert.Equal([1, 2, 3], await ReadAsync(Alice, cid));
    }

    [Theory]
    [InlineData("did:plc:bbbbbbbbbbbbbbbbbbbbbbbb")]
    [InlineData("did:web:example.com%3A8080")]
    [InlineData("did:web:..")]
    [InlineData("did:web:..:..:x")]
    public async Task Keeps_the_blobs_of_each_account_apart(string account)
    {
        var other = Did.Parse(account);
        var cid = await KeepAsync(other, [1, 2, 3]);

        Assert.Null(await _blobs.OpenAsync(Alice, cid, CancellationToken.None));
        await _blobs.DeleteAsync(Alice, cid, CancellationToken.None);
        Assert.Equal([1, 2, 3], await ReadAsync(other, cid));
    }

    [Fact]
    public async Task Deletes_a_blob_and_does_not_mind_if_it_is_gone()
    {
        var cid = await KeepAsync(Alice, [1, 2, 3]);

        await _blobs.DeleteAsync(Alice, cid, CancellationToken.None);
        await _blobs.DeleteAsync(Alice, cid, CancellationToken.None);

        Assert.Null(await _blobs.OpenAsync(Alice, cid, CancellationToken.None));
    }

    [Fact]
    public async Task Deletes_all_blobs_of_one_account_and_does_not_mind_if_there_are_none()
    {
        var bob = Did.Parse("did:plc:bbbbbbbbbbbbbbbbbbbbbbbb");
        Cid[] cids = [await KeepAsync(Alice, [1]), await KeepAsync(Alice, [2])];
        await KeepAsync(bob, [1]);

        await _blobs.DeleteAllAsync(Alice, CancellationToken.None);
        await _blobs.DeleteAllAsync(Alice, CancellationToken.None);

        foreach (var cid in cids) Assert.Null(await _blobs.OpenAsync(Alice, cid, CancellationToken.None));
        Assert.Equal([1], await ReadAsync(bob, cids[0]));
        Assert.Equal(cids[0], await KeepAsync(Alice, [1])); // and it can have some again
    }

    [Fact]
    public async Task Finishes_reading_a_blob_that_is_deleted_meanwhile()
    {
        var cid = await KeepAsync(Alice, new byte[300_000]);
        await using var open = await _blobs.OpenAsync(Alice, cid, CancellationToken.None);

        await _blobs.DeleteAsync(Alice, cid, CancellationToken.None);

        var copy = new MemoryStream();
        await open!.CopyToAsync(copy);
        Assert.Equal(300_000, copy.Length);
    }

    /// <summary>How many blobs are there that have not been kept.</summary>
    private protected abstract int CountLeftovers();

    private async Task<Cid> KeepAsync(Did account, byte[] content)
    {
        await using var incoming = await _blobs.ReceiveAsync(account, new MemoryStream(content), Limit, CancellationToken.None);
        await incoming.KeepAsync(CancellationToken.None);
        return incoming.Cid;
    }

    private async Task<byte[]> ReadAsync(Did account, Cid cid)
    {
        await using var stream = await _blobs.OpenAsync(account, cid, CancellationToken.None);
        var copy = new MemoryStream();
        await stream!.CopyToAsync(copy);
        return copy.ToArray();
    }
}
