namespace Pds.Infrastructure.Tests.Contracts;

public sealed class SqliteInviteStoreTests() : InviteStoreContract(new SqliteFixture());
