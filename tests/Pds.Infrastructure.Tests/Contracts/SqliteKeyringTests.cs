namespace Pds.Infrastructure.Tests.Contracts;

public sealed class SqliteKeyringTests() : KeyringContract(new SqliteFixture());
