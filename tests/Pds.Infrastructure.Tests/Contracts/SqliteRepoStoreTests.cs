namespace Pds.Infrastructure.Tests.Contracts;

public sealed class SqliteRepoStoreTests() : RepoStoreContract(new SqliteFixture());
