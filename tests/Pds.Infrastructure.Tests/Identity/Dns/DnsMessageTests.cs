using CsCheck;
using Pds.Infrastructure.Identity.Dns;
using Pds.TestKit;

namespace Pds.Infrastructure.Tests.Identity.Dns;

public sealed class DnsMessageTests
{
    private const string Name = "_atproto.alice.test";

    private static readonly byte[] Query = DnsMessage.Query(7, Name);

    [Fact]
    public void Asks_as_RFC_1035_has_it() => Assert.Equal(
        "000701000001000000000000" + "085f617470726f746f" + "05616c696365" + "0474657374" + "00" + "0010" + "0001", Convert.ToHexStringLower(Query));

    [Fact]
    public void Reads_texts_of_any_length()
    {
        var @long = new string('x', 300);

        var answer = Read(DnsReplies.To(Query, records: [DnsReplies.Text("did=did:plc:a"), DnsReplies.Text(@long), DnsReplies.Text("")]));

        Assert.Equal(["did=did:plc:a", @long, ""], answer!.Texts);
        Assert.True(answer.IsFinal);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(5, false)]
    public void Tells_whether_the_server_knows(int code, bool isFinal)
    {
        var answer = Read(DnsReplies.To(Query, code));

        Assert.Equal(isFinal, answer!.IsFinal);
        Assert.Empty(answer.Texts);
    }

    [Fact]
    public void Says_when_there_is_more_than_fits() => Assert.True(Read(DnsReplies.To(Query, isTruncated: true))!.IsTruncated);

    [Fact]
    public void Follows_another_name_for_the_name()
    {
        var answer = Read(DnsReplies.To(Query, records:
            [DnsReplies.Alias("elsewhere.test"), DnsReplies.Record(DnsReplies.Name("Elsewhere.TEST"), DnsReplies.Txt, [1, (byte)'a'])]));

        Assert.Equal(["a"], answer!.Texts);
    }

    [Fact]
    public void Takes_no_record_of_a_name_that_was_not_asked_for()
    {
        var answer = Read(DnsReplies.To(Query, records: [DnsReplies.Record(DnsReplies.Name("mallory.test"), DnsReplies.Txt, [1, (byte)'a'])]));

        Assert.Empty(answer!.Texts);
    }

    [Fact]
    public void Takes_no_reply_to_another_question()
    {
        var reply = DnsReplies.To(Query, records: DnsReplies.Text("a"));

        Assert.Null(DnsMessage.TryRead(reply, 8, Name));
        Assert.Null(DnsMessage.TryRead(reply, 7, "_atproto.bob.test"));
        Assert.Null(DnsMessage.TryRead(Query, 7, Name)); // a question is no answer
        Assert.NotNull(DnsMessage.TryRead(reply, 7, Name.ToUpperInvariant()));
    }

    [Fact]
    public void Does_not_go_round_in_circles()
    {
        byte[] itself = [0xc0, (byte)Query.Length];

        Assert.Throws<FormatException>(() => Read(DnsReplies.To(Query, records: DnsReplies.Record(itself, DnsReplies.Txt, []))));
    }

    [Fact]
    public void Refuses_every_reply_that_is_cut_short()
    {
        var reply = DnsReplies.To(Query, records: [DnsReplies.Text("did=did:plc:a"), DnsReplies.Alias("elsewhere.test")]);

        for (var length = Query.Length; length < reply.Length; length++) Assert.Throws<FormatException>(() => Read(reply[..length]));
    }

    [Fact]
    public void Reads_or_refuses_whatever_arrives() => Gen.Byte.Array[0, 600].Sample(bytes =>
    {
        if (bytes.Length >= Query.Length) Query.CopyTo(bytes, 0); // past the first checks
        if (bytes.Length > 8) (bytes[2], bytes[7]) = (0x81, 3);
        ReadOrRefuse(bytes);
    });

    [Fact]
    public void Reads_or_refuses_every_reply_with_a_few_bytes_changed()
    {
        var reply = DnsReplies.To(Query, records: [DnsReplies.Alias("elsewhere.test"), DnsReplies.Text("did=did:plc:a"), DnsReplies.Text(new string('x', 300))]);

        Gen.Select(Gen.Int[0, reply.Length - 1], Gen.Byte).Array[1, 5].Sample(changes =>
        {
            var changed = (byte[])reply.Clone();
            foreach (var (at, value) in changes) changed[at] = value;
            ReadOrRefuse(changed);
        });
    }

    private static DnsAnswer? Read(byte[] reply) => DnsMessage.TryRead(reply, 7, Name);

    private static void ReadOrRefuse(byte[] reply)
    {
        try
        {
            Read(reply);
        }
        catch (FormatException)
        {
            // The one way to refuse.
        }
    }
}
