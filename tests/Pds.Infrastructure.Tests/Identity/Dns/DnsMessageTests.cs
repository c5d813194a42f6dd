using CsCheck;
using Pds.Infrastructure.Identity.Dns;

namespace Pds.Infrastructure.Tests.Identity.Dns;

public sealed class DnsMessageTests
{
    private const ushort Id = 0xbeef;
    private const string Name = "_atproto.alice.example.com";

    private static readonly byte[] Query = DnsMessage.Query(Id, Name);

    [Fact]
    public void Asks_for_text_records_of_the_name()
    {
        byte[] expected = [0xbe, 0xef, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. DnsBytes.Name(Name), 0, 16, 0, 1];

        Assert.Equal(expected, Query);
    }

    [Fact]
    public void Reads_every_text_record_of_the_name()
    {
        var answer = Read(DnsBytes.Answer(Query, 0, DnsBytes.Text("did=did:web:a.example.com"), DnsBytes.Text("other")));

        Assert.Equal(["did=did:web:a.example.com", "other"], answer!.Texts);
        Assert.True(answer.IsFinal);
    }

    [Fact]
    public void Joins_the_strings_of_a_record()
    {
        var text = new string('x', 1000);

        Assert.Equal([text], Read(DnsBytes.Answer(Query, 0, DnsBytes.Text(text)))!.Texts);
    }

    [Fact]
    public void Passes_over_records_of_other_names_types_and_classes()
    {
        var ofAnother = DnsBytes.Record(DnsBytes.Name("_atproto.mallory.example.com"), DnsBytes.Txt, DnsBytes.Strings("did=did:web:mallory.example.com"));
        var address = DnsBytes.Record(DnsBytes.Question, 1, [192, 0, 2, 1]);
        var chaos = DnsBytes.Text("did=did:web:chaos.example.com");
        chaos[5] = 3;

        Assert.Empty(Read(DnsBytes.Answer(Query, 0, ofAnother, address, chaos))!.Texts);
    }

    [Fact]
    public void Follows_another_name_for_the_name_whatever_their_order()
    {
        var target = DnsBytes.Name("handles.example.net");
        var text = DnsBytes.Record(target, DnsBytes.Txt, DnsBytes.Strings("did=did:web:a.example.com"));
        var alias = DnsBytes.Record(DnsBytes.Question, DnsBytes.Cname, target);

        Assert.Equal(["did=did:web:a.example.com"], Read(DnsBytes.Answer(Query, 0, alias, text))!.Texts);
        Assert.Equal(["did=did:web:a.example.com"], Read(DnsBytes.Answer(Query, 0, text, alias))!.Texts);
    }

    [Fact]
    public void Leaves_a_circle_of_names()
    {
        var (one, two) = (DnsBytes.Name("one.example.com"), DnsBytes.Name("two.example.com"));

        var answer = Read(DnsBytes.Answer(Query, 0, DnsBytes.Record(DnsBytes.Question, DnsBytes.Cname, one), DnsBytes.Record(one, DnsBytes.Cname, two), DnsBytes.Record(two, DnsBytes.Cname, one)));

        Assert.Empty(answer!.Texts);
    }

    [Fact]
    public void Matches_names_in_any_case()
    {
        var shouting = DnsMessage.Query(Id, Name.ToUpperInvariant());

        Assert.Equal(["x"], Read(DnsBytes.Answer(shouting, 0, DnsBytes.Text("x")))!.Texts);
    }

    [Fact]
    public void Tells_no_such_name_from_failure()
    {
        Assert.True(Read(DnsBytes.Answer(Query, 3))!.IsFinal);
        Assert.False(Read(DnsBytes.Answer(Query, 2))!.IsFinal);
        Assert.False(Read(DnsBytes.Answer(Query, 5))!.IsFinal);
    }

    [Fact]
    public void Does_not_read_what_was_cut_off()
    {
        var answer = Read(DnsBytes.Answer(Query, 0x200, DnsBytes.Text("did=did:web:half")));

        Assert.True(answer!.IsTruncated);
        Assert.Empty(answer.Texts);
    }

    [Fact]
    public void Passes_over_messages_that_answer_something_else()
    {
        var good = DnsBytes.Answer(Query, 0, DnsBytes.Text("x"));

        Assert.Null(DnsMessage.TryRead(good, Id + 1, Name));
        Assert.Null(DnsMessage.TryRead(good, Id, "_atproto.bob.example.com"));
        Assert.Null(Read(Query)); // a question
        Assert.Null(Read([]));
    }

    [Theory]
    [InlineData(0), InlineData(2), InlineData(0xff)]
    public void Refuses_pointers_that_do_not_lead_backwards(int ahead)
    {
        byte[] owner = [0xc0, (byte)(Query.Length + ahead)]; // to itself, and beyond

        Assert.Throws<FormatException>(() => Read(DnsBytes.Answer(Query, 0, DnsBytes.Record(owner, DnsBytes.Txt, DnsBytes.Strings("x")))));
    }

    [Fact]
    public void Refuses_a_name_that_grows_by_pointing_at_its_own_beginning()
    {
        byte[] name = [63, .. new byte[63], 0xc0, (byte)Query.Length];

        Assert.Throws<FormatException>(() => Read(DnsBytes.Answer(Query, 0, DnsBytes.Record(name, DnsBytes.Txt, []))));
    }

    [Fact]
    public void Refuses_text_that_goes_past_its_record()
    {
        Assert.Throws<FormatException>(() => Read(DnsBytes.Answer(Query, 0, DnsBytes.Record(DnsBytes.Question, DnsBytes.Txt, [5, 1, 2]), DnsBytes.Text("following"))));
        Assert.Throws<FormatException>(() => Read(DnsBytes.Answer(Query, 0, DnsBytes.Record(DnsBytes.Question, DnsBytes.Txt, [200, 1, 2]))));
    }

    [Fact]
    public void Does_not_take_a_label_with_a_dot_for_two()
    {
        byte[] owner = [21, .. "_atproto.alice.exampl"u8, 5, .. "e.com"u8, 0];

        Assert.Empty(Read(DnsBytes.Answer(Query, 0, DnsBytes.Record(owner, DnsBytes.Txt, DnsBytes.Strings("x"))))!.Texts);
    }

    [Fact]
    public void Survives_any_damage() => Gen.Select(Gen.Int[1, 12], Gen.Int, Gen.Int[0, 400]).Sample((count, seed, length) =>
    {
        var random = new Random(seed);
        var alias = DnsBytes.Record(DnsBytes.Question, DnsBytes.Cname, DnsBytes.Name("handles.example.net"));
        var message = DnsBytes.Answer(Query, 0, alias, DnsBytes.Text("did=did:web:a.example.com"), DnsBytes.Text(new string('x', 300)));
        for (var i = 0; i < count; i++) message[random.Next(2, message.Length)] = (byte)random.Next(256);

        ReadsOrRefuses(message.AsSpan(0, Math.Min(length, message.Length)).ToArray());
        ReadsOrRefuses(message);
    });

    [Fact]
    public void Survives_any_records() => Gen.Byte.Array[0, 300].Sample(noise =>
    {
        ReadsOrRefuses(DnsBytes.Answer(Query, 0, noise));
    });

    private static DnsAnswer? Read(byte[] message) => DnsMessage.TryRead(message, Id, Name);

    private static void ReadsOrRefuses(byte[] message)
    {
        try
        {
            Read(message);
        }
        catch (FormatException)
        {
        }
    }
}
