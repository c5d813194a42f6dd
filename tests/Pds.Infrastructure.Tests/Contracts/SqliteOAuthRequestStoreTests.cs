namespace Pds.Infrastructure.Tests.Contracts;

public sealed class SqliteOAuthRequestStoreTests() : OAuthRequestStoreContract(new SqliteFixture());
