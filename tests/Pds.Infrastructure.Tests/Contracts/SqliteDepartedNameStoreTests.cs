namespace Pds.Infrastructure.Tests.Contracts;

public sealed class SqliteDepartedNameStoreTests() : DepartedNameStoreContract(new SqliteFixture());
