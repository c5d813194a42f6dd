using Microsoft.EntityFrameworkCore;

namespace Pds.Infrastructure.Persistence.Sqlite;

/// <summary>The database as one SQLite file.</summary>
internal sealed class SqlitePdsDbContext(DbContextOptions<SqlitePdsDbContext> options) : PdsDbContext(options);
