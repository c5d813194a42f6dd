namespace Pds.Infrastructure.Tests.Contracts;

public sealed class SqliteAuditLogTests() : AuditLogContract(new SqliteFixture());
