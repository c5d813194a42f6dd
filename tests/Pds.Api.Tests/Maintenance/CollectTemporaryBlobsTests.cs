using System.Text.Json;
using Pds.Application.Maintenance;
using Pds.TestKit;

namespace Pds.Api.Tests.Maintenance;

public sealed class CollectTemporaryBlobsTests(TimedPdsFixture pds) : IClassFixture<TimedPdsFixture>
{
    [Fact]
    public async Task Removes_row_and_file_of_what_no_record_came_to_mention_within_a_day()
    {
        var alice = await pds.SignUpAsync();
        var (forgotten, mentioned) = (await alice.UploadBlobAsync("forgotten"u8.ToArray()), await alice.UploadBlobAsync("mentioned"u8.ToArray()));
        (await alice.CreateRecordAsync(new { mentioned }, "com.example.thing")).Ok();

        pds.Time.Advance(TimeSpan.FromHours(23));
        Assert.Equal(0, await pds.SendAsync(new CollectTemporaryBlobs()));
        Assert.True(pds.BlobFile(alice, CidOf(forgotten)).Exists);

        pds.Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(1, await pds.SendAsync(new CollectTemporaryBlobs()));
        Assert.Equal(0, await pds.SendAsync(new CollectTemporaryBlobs()));

        alice = await alice.SignInAgainAsync();
        Assert.False(pds.BlobFile(alice, CidOf(forgotten)).Exists);
        (await alice.CreateRecordAsync(new { forgotten }, "com.example.thing")).Refused(400, "BlobNotFound");
        (await pds.Anyone.GetAsync("com.atproto.sync.getBlob", new { did = alice.Did.Value, cid = CidOf(mentioned) })).IsFile("mentioned");
    }

    [Fact]
    public async Task Gives_an_upload_that_is_renewed_another_day()
    {
        var alice = await pds.SignUpAsync();
        await alice.UploadBlobAsync("renewed"u8.ToArray());
        pds.Time.Advance(TimeSpan.FromHours(20));
        alice = await alice.SignInAgainAsync();
        var renewed = await alice.UploadBlobAsync("renewed"u8.ToArray());

        pds.Time.Advance(TimeSpan.FromHours(20));
        Assert.Equal(0, await pds.SendAsync(new CollectTemporaryBlobs()));
        Assert.True(pds.BlobFile(alice, CidOf(renewed)).Exists);

        pds.Time.Advance(TimeSpan.FromHours(5));
        Assert.Equal(1, await pds.SendAsync(new CollectTemporaryBlobs()));
    }

    [Fact]
    public async Task Removes_all_of_them_however_many()
    {
        var alice = await pds.SignUpAsync();
        for (var i = 0; i < 101; i++) await alice.UploadBlobAsync([(byte)i, 0, 1]);

        pds.Time.Advance(TimeSpan.FromHours(25));

        Assert.Equal(101, await pds.SendAsync(new CollectTemporaryBlobs()));
    }

    private static string CidOf(JsonElement blob) => blob.GetProperty("ref").GetProperty("$link").GetString()!;
}
