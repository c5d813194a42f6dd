namespace Pds.Infrastructure.Tests.Contracts;

public sealed class SqliteEventLogTests() : EventLogContract(new SqliteFixture());
