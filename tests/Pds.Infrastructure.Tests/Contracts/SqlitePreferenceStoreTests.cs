namespace Pds.Infrastructure.Tests.Contracts;

public sealed class SqlitePreferenceStoreTests() : PreferenceStoreContract(new SqliteFixture());
