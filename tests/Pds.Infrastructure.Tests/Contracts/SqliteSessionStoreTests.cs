namespace Pds.Infrastructure.Tests.Contracts;

public sealed class SqliteSessionStoreTests() : SessionStoreContract(new SqliteFixture());
