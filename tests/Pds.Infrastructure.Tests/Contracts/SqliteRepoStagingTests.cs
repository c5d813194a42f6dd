namespace Pds.Infrastructure.Tests.Contracts;

public sealed class SqliteRepoStagingTests() : RepoStagingContract(new SqliteFixture());
