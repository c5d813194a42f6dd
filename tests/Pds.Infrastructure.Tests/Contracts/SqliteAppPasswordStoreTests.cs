namespace Pds.Infrastructure.Tests.Contracts;

public sealed class SqliteAppPasswordStoreTests() : AppPasswordStoreContract(new SqliteFixture());
