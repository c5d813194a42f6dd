using Pds.Domain.Crypto;
using Pds.Infrastructure.Crypto;

namespace Pds.Infrastructure.Tests.Contracts;

public sealed class PlatformK256SigningKeyTests() : SigningKeyContract(Curve.K256, K256Backend.Platform);
