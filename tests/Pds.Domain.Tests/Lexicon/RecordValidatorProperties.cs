using System.Text;
using CsCheck;
using Pds.Domain.Data;
using Pds.Domain.Lexicon;
using Pds.Domain.Lexicon.Schemas;
using Pds.Domain.Syntax;

namespace Pds.Domain.Tests.Lexicon;

public sealed class RecordValidatorProperties
{
    private static readonly RecordSchema[] Types =
        [.. LexiconCatalog.Builtin.Documents.Values.SelectMany(document => document.Definitions.Values).OfType<RecordSchema>()];

    [Fact]
    public void Whatever_the_record_the_answer_is_a_status_or_a_message_that_the_wire_can_carry()
    {
        var validator = new RecordValidator(LexiconCatalog.Builtin);
        var (valid, refused) = (0, 0);

        Gen.Select(Gen.Int, Gen.Int[0, Types.Length - 1].Select(i => Types[i])).Sample((seed, type) =>
        {
            var collection = Nsid.Parse(type.Type);
            var record = RecordOf(type, seed);
            try
            {
                validator.Validate(collection, type.Key.Literal ?? LexiconTestData.TidKey, record);
                Interlocked.Increment(ref valid);
            }
            catch (InvalidRecordException refusal)
            {
                Interlocked.Increment(ref refused);
                Assert.True(refusal.Message.Length < 2000);
                _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(refusal.Message);
            }
        }, iter: 20_000);

        Assert.True(valid > 100 && refused > 100, $"{valid} valid and {refused} refused are too few to mean anything");
    }

    [Fact]
    public void Every_blob_in_a_record_is_found_once_a_mention() => Gen.Select(Gen.Int, Gen.Int[0, Types.Length - 1].Select(i => Types[i])).Sample((seed, type) =>
    {
        var record = RecordOf(type, seed);

        var found = BlobConstraints.Find(LexiconCatalog.Builtin, Nsid.Parse(type.Type), record);

        Assert.Equal(BlobRef.CidsIn(record), found.Select(constraint => constraint.Blob.Ref));
    }, iter: 5_000);

    private static LexObject RecordOf(RecordSchema type, int seed) =>
        (new RandomRecord(LexiconCatalog.Builtin, new Random(seed)).Build(type) as LexObject ?? LexObject.Empty)
        .With(LexObject.TypeKey, new LexString(type.Type));
}
