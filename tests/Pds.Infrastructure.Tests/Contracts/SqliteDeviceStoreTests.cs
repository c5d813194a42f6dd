namespace Pds.Infrastructure.Tests.Contracts;

public sealed class SqliteDeviceStoreTests() : DeviceStoreContract(new SqliteFixture());
