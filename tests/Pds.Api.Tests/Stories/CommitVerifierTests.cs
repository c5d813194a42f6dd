using System.Buffers;
using Pds.Domain.Data;
using Pds.Domain.Repo.Car;
using Pds.TestKit;

namespace Pds.Api.Tests.Stories;

/// <summary>The verifier of the other tests must be able to say no.</summary>
public sealed class CommitVerifierTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string Collection = "com.example.thing";

    [Fact]
    public async Task Does_not_believe_a_commit_that_does_not_follow_or_does_not_prove_itself()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        for (var i = 0; i < 30; i++) (await alice.CreateRecordAsync(new { i }, Collection, $"r{i}")).Ok();
        var verifiers = new Queue<CommitVerifier>();
        for (var i = 0; i < 30; i++) verifiers.Enqueue(await CommitVerifier.FromNowAsync(alice, alice.Did));
        await using var firehose = await FirehoseReader.OpenAsync(pds.Url);
        (await alice.ApplyWritesAsync(Writes.Delete(Collection, "r3"), Writes.Update(Collection, "r7", new { n = 7 }), Writes.Create(Collection, new { n = 9 }, "new"))).Ok();
        (await alice.CreateRecordAsync(new { n = 10 }, Collection)).Ok();
        var frames = await firehose.NextAsync(2, alice.Did.Value);
        var (first, second) = (frames[0], frames[1]);
        var ops = ((LexArray)first.Body["ops"]!).Items;
        var car = CarReader.Read(((LexBytes)first.Body["blocks"]!).Value);

        var contented = verifiers.Dequeue();
        contented.VerifyAll(frames);
        Refuses(contented, second); // again
        Refuses(verifiers.Dequeue(), second); // one was left out
        Refuses(await CommitVerifier.FromTheStartAsync(alice, alice.Did), first);
        Refuses(await CommitVerifier.FromNowAsync(bob, bob.Did), first);
        foreach (var op in ops) Refuses(verifiers.Dequeue(), With("ops", new LexArray([.. ops.Where(other => other != op)])));
        foreach (var block in car.Blocks) Refuses(verifiers.Dequeue(), With("blocks", Car(car, [.. car.Blocks.Where(other => other.Cid != block.Cid)])));
        foreach (var (field, value) in new[] { ("rev", second.Body["rev"]!), ("since", second.Body["since"]!), ("prevData", second.Body["commit"]!), ("commit", second.Body["commit"]!) })
            Refuses(verifiers.Dequeue(), With(field, value));

        FirehoseReader.Frame With(string field, LexValue value) => first with { Body = first.Body.With(field, value) };
    }

    private static LexBytes Car(CarFile original, IReadOnlyList<Block> blocks)
    {
        var car = new ArrayBufferWriter<byte>();
        CarWriter.WriteHeader(car, original.Header.Root);
        foreach (var block in blocks) CarWriter.WriteBlock(car, block.Cid, block.Bytes.Span);
        return new LexBytes(car.WrittenMemory);
    }

    private static void Refuses(CommitVerifier verifier, FirehoseReader.Frame frame) => Assert.ThrowsAny<Exception>(() => verifier.Verify(frame));
}
