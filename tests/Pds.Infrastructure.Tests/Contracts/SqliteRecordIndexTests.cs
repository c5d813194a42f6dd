namespace Pds.Infrastructure.Tests.Contracts;

public sealed class SqliteRecordIndexTests() : RecordIndexContract(new SqliteFixture());
