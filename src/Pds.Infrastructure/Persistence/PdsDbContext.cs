using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Pds.Domain.Data;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Persistence.Rows;

namespace Pds.Infrastructure.Persistence;

/// <summary>The one database. Public, canonical data lives in tables named <c>repo…</c>; everything else is private.</summary>
internal abstract class PdsDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<AccountRow> Accounts => Set<AccountRow>();

    public DbSet<AccountKeyRow> AccountKeys => Set<AccountKeyRow>();

    public DbSet<ReservedKeyRow> ReservedKeys => Set<ReservedKeyRow>();

    public DbSet<DepartedNameRow> DepartedNames => Set<DepartedNameRow>();

    public DbSet<SessionRow> Sessions => Set<SessionRow>();

    public DbSet<EmailTokenRow> EmailTokens => Set<EmailTokenRow>();

    public DbSet<AuditEntryRow> AuditEntries => Set<AuditEntryRow>();

    public DbSet<AppPasswordRow> AppPasswords => Set<AppPasswordRow>();

    public DbSet<TotpRow> Totps => Set<TotpRow>();

    public DbSet<BackupCodeRow> BackupCodes => Set<BackupCodeRow>();

    public DbSet<WrongCodesRow> WrongCodes => Set<WrongCodesRow>();

    public DbSet<PasskeyRow> Passkeys => Set<PasskeyRow>();

    public DbSet<DeviceRow> Devices => Set<DeviceRow>();

    public DbSet<DeviceSignInRow> DeviceSignIns => Set<DeviceSignInRow>();

    public DbSet<OAuthRequestRow> OAuthRequests => Set<OAuthRequestRow>();

    public DbSet<OAuthSessionRow> OAuthSessions => Set<OAuthSessionRow>();

    public DbSet<OAuthConsentRow> OAuthConsents => Set<OAuthConsentRow>();

    public DbSet<ReportRow> Reports => Set<ReportRow>();

    public DbSet<BlobRow> Blobs => Set<BlobRow>();

    public DbSet<BlobRefRow> BlobRefs => Set<BlobRefRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PdsDbContext).Assembly);
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
            property.SetColumnName(SnakeCase(property.Name));
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        foreach (var syntax in typeof(Did).Assembly.GetTypes().Where(IsTextSyntax))
            configurationBuilder.Properties(syntax).HaveConversion(typeof(SyntaxConverter<>).MakeGenericType(syntax));
        configurationBuilder.Properties<Cid>().HaveConversion<CidConverter>();
        configurationBuilder.Properties<Tid>().HaveConversion<TidConverter>();
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<MillisecondsConverter>();
    }

    private static bool IsTextSyntax(Type type) =>
        type is { IsClass: true, IsAbstract: false } && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ISyntax<>));

    private static string SnakeCase(string pascal) =>
        string.Concat(pascal.Select((c, i) => i > 0 && char.IsUpper(c) ? $"_{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));

    /// <summary>Stores any protocol string format as its text. Reading back re-parses, so a corrupt row fails loudly.</summary>
    private sealed class SyntaxConverter<T>() : ValueConverter<T, string>(value => value.ToString()!, text => AtSyntax.Parse<T>(text))
        where T : ISyntax<T>;

    private sealed class CidConverter() : ValueConverter<Cid, byte[]>(cid => cid.ToBytes(), bytes => Cid.FromBytes(bytes));

    /// <summary>As a number, which sorts as the text does: a TID's highest bit is never set.</summary>
    private sealed class TidConverter() : ValueConverter<Tid, long>(tid => (long)tid.Bits, bits => new Tid((ulong)bits));

    private sealed class MillisecondsConverter() : ValueConverter<DateTimeOffset, long>(
        moment => moment.ToUnixTimeMilliseconds(), milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
}
