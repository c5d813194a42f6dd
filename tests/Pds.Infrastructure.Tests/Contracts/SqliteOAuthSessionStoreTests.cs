namespace Pds.Infrastructure.Tests.Contracts;

public sealed class SqliteOAuthSessionStoreTests() : OAuthSessionStoreContract(new SqliteFixture());
