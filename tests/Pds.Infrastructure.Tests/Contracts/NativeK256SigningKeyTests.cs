using Pds.Domain.Crypto;
using Pds.Infrastructure.Crypto;

namespace Pds.Infrastructure.Tests.Contracts;

[NeedsLibsecp256k1]
public sealed class NativeK256SigningKeyTests() : SigningKeyContract(Curve.K256, K256Backend.Libsecp256k1);
