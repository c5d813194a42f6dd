using System.Text;
using CsCheck;
using Pds.Domain.Identity;
using Pds.Domain.Plc;
using Pds.Domain.Syntax;

namespace Pds.Domain.Tests.Plc;

public sealed class PlcMutationTests
{
    private static readonly byte[] Genesis = Encoding.UTF8.GetBytes(PlcGoldens.Genesis);

    [Fact]
    public void A_damaged_operation_is_refused_or_another_one_but_never_passes_as_signed() =>
        Gen.Select(Gen.Int[0, Genesis.Length - 1], Gen.Byte).Where((at, value) => Genesis[at] != value).Sample((at, value) =>
        {
            byte[] damaged = [.. Genesis];
            damaged[at] = value;
            var log = new PlcLog(Did.Parse(PlcGoldens.GenesisDid), []);

            Assert.Throws<PlcException>(() => log.Check(PlcOperation.Parse(damaged), DateTimeOffset.UnixEpoch, TestVerifier.Instance));
        });

    [Fact]
    public void A_damaged_document_is_refused_or_read()
    {
        var document = new PlcData(Did.Parse(PlcGoldens.GenesisDid), PlcOperation.Parse(Genesis).State!).ToDocument().Json.ToArray();

        Gen.Select(Gen.Int[0, document.Length - 1], Gen.Byte).Sample((at, value) =>
        {
            byte[] damaged = [.. document];
            damaged[at] = value;

            var error = Record.Exception(() =>
            {
                var read = DidDocument.Parse(damaged);
                return (read.Handle, read.SigningKey, read.PdsEndpoint);
            });

            Assert.True(error is null or FormatException, error?.ToString());
        });
    }
}
