using System.Text;
using Pds.Application.Maintenance;
using Pds.TestKit;
using XrpcAnswer = Pds.TestKit.XrpcAnswer;

namespace Pds.Api.Tests.Repo;

public sealed class StorageQuotaTests(StorageQuotaTests.SmallAccounts pds) : IClassFixture<StorageQuotaTests.SmallAccounts>
{
    private const int Quota = 1000;

    [Fact]
    public async Task Takes_what_there_is_room_for_and_no_more()
    {
        var alice = await pds.SignUpAsync();

        (await UploadAsync(alice, 'a', 600)).Ok();
        var refusal = (await UploadAsync(alice, 'b', 401)).Refused(400, "StorageQuotaExceeded");
        (await UploadAsync(alice, 'c', 400)).Ok();

        Assert.Equal("An account may store 1000 bytes of blobs, and this one has 600", refusal.Message);
        Assert.Equal("An account may store 1000 bytes of blobs, and this one has 1000", (await UploadAsync(alice, 'd', 1)).Refused(400, "StorageQuotaExceeded").Message);
        (await UploadAsync(await pds.SignUpAsync(), 'e', Quota)).Ok();
    }

    [Fact]
    public async Task A_file_that_is_larger_than_the_limit_of_any_is_refused_as_that()
    {
        var alice = await pds.SignUpAsync();

        (await UploadAsync(alice, 'a', SmallAccounts.UploadLimit + 1)).Refused(413, "PayloadTooLarge");
    }

    [Fact]
    public async Task Of_many_uploads_at_once_only_those_that_fit_are_kept()
    {
        var alice = await pds.SignUpAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => UploadAsync(alice, (char)('a' + i), 300)));

        Assert.Equal(3, answers.Count(answer => (int)answer.Status == 200));
        Assert.All(answers.Where(answer => (int)answer.Status != 200), answer => answer.Refused(400, "StorageQuotaExceeded"));
        Assert.Equal(3, pds.BlobFile(alice, "any").Directory!.EnumerateFiles().Count());
    }

    [Fact]
    public async Task The_same_file_again_takes_no_room()
    {
        var alice = await pds.SignUpAsync();
        (await UploadAsync(alice, 'a', 500)).Ok();

        (await UploadAsync(alice, 'a', 500)).Ok();

        (await UploadAsync(alice, 'b', 500)).Ok();
    }

    [Fact]
    public async Task What_is_deleted_makes_room_again()
    {
        var alice = await pds.SignUpAsync();
        var blob = (await UploadAsync(alice, 'a', 900)).Ok().GetProperty("blob");
        (await alice.CreateRecordAsync(new { file = blob }, "com.example.file", "one")).Ok();
        (await UploadAsync(alice, 'b', 200)).Refused(400, "StorageQuotaExceeded");

        (await alice.DeleteRecordAsync("com.example.file", "one")).Ok();

        (await UploadAsync(alice, 'b', 200)).Ok();
    }

    [Fact]
    public async Task What_nobody_mentions_makes_room_after_a_day()
    {
        var alice = await pds.SignUpAsync();
        (await UploadAsync(alice, 'a', Quota)).Ok();

        pds.Time.Advance(CollectTemporaryBlobs.MaxAge + TimeSpan.FromSeconds(1));
        await pds.SendAsync(new CollectTemporaryBlobs());

        (await UploadAsync(await alice.SignInAgainAsync(), 'b', Quota)).Ok();
    }

    private static Task<XrpcAnswer> UploadAsync(Actor actor, char letter, int length) =>
        actor.PostAsync("com.atproto.repo.uploadBlob", Encoding.ASCII.GetBytes(new string(letter, length)), "text/plain");

    public sealed class SmallAccounts : TimedPdsFixture
    {
        public const int UploadLimit = Quota;

        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
        {
            ["Pds:Storage:AccountQuota"] = $"{Quota}",
            ["Pds:Storage:BlobUploadLimit"] = $"{Quota}",
        };
    }
}
