namespace Pds.Infrastructure.Tests.Contracts;

public sealed class SqliteBlobIndexTests() : BlobIndexContract(new SqliteFixture());
