namespace Pds.Infrastructure.Tests.Contracts;

public sealed class SqliteReservedKeyStoreTests() : ReservedKeyStoreContract(new SqliteFixture());
