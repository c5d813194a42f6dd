using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pds.Infrastructure.Persistence.Rows;

namespace Pds.Infrastructure.Persistence.Configurations;

internal sealed class AppPasswordConfiguration : IEntityTypeConfiguration<AppPasswordRow>
{
    public void Configure(EntityTypeBuilder<AppPasswordRow> appPassword)
    {
        appPassword.ToTable("account_app_password");
        appPassword.HasKey(a => a.Id);
        appPassword.HasIndex(a => new { a.Did, a.Name }).IsUnique();
    }
}

internal sealed class TotpConfiguration : IEntityTypeConfiguration<TotpRow>
{
    public void Configure(EntityTypeBuilder<TotpRow> totp)
    {
        totp.ToTable("account_totp");
        totp.HasKey(t => t.Did);
    }
}

internal sealed class BackupCodeConfiguration : IEntityTypeConfiguration<BackupCodeRow>
{
    public void Configure(EntityTypeBuilder<BackupCodeRow> code)
    {
        code.ToTable("account_backup_code");
        code.HasKey(c => new { c.Did, c.Hash });
    }
}

internal sealed class WrongCodesConfiguration : IEntityTypeConfiguration<WrongCodesRow>
{
    public void Configure(EntityTypeBuilder<WrongCodesRow> wrongCodes)
    {
        wrongCodes.ToTable("account_wrong_codes");
        wrongCodes.HasKey(w => w.Did);
    }
}

internal sealed class PasskeyConfiguration : IEntityTypeConfiguration<PasskeyRow>
{
    public void Configure(EntityTypeBuilder<PasskeyRow> passkey)
    {
        passkey.ToTable("account_passkey");
        passkey.HasKey(p => p.Id);
        passkey.HasIndex(p => p.Did);
        passkey.HasIndex(p => p.OwnerId);
    }
}
