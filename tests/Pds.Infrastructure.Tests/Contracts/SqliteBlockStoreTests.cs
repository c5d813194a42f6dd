namespace Pds.Infrastructure.Tests.Contracts;

public sealed class SqliteBlockStoreTests() : BlockStoreContract(new SqliteFixture());
