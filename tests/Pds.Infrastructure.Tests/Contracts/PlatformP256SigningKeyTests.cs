using Pds.Domain.Crypto;
using Pds.Infrastructure.Crypto;

namespace Pds.Infrastructure.Tests.Contracts;

public sealed class PlatformP256SigningKeyTests() : SigningKeyContract(Curve.P256, K256Backend.Platform);
