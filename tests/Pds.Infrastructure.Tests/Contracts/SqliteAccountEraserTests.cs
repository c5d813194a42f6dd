namespace Pds.Infrastructure.Tests.Contracts;

public sealed class SqliteAccountEraserTests() : AccountEraserContract(new SqliteFixture());
