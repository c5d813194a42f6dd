namespace Pds.Infrastructure.Tests.Contracts;

public sealed class SqliteReportStoreTests() : ReportStoreContract(new SqliteFixture());
