namespace Pds.Infrastructure.Tests.Contracts;

public sealed class SqliteFactorStoreTests() : FactorStoreContract(new SqliteFixture());
