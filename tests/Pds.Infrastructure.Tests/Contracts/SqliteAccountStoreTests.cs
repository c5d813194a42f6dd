namespace Pds.Infrastructure.Tests.Contracts;

public sealed class SqliteAccountStoreTests() : AccountStoreContract(new SqliteFixture());
