namespace Pds.Infrastructure.Tests.Contracts;

public sealed class SqlitePasskeyStoreTests() : PasskeyStoreContract(new SqliteFixture());
