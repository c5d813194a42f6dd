using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pds.Infrastructure.Persistence.Rows;

namespace Pds.Infrastructure.Persistence.Configurations;

internal sealed class AccountConfiguration : IEntityTypeConfiguration<AccountRow>
{
    public void Configure(EntityTypeBuilder<AccountRow> account)
    {
        account.ToTable("account");
        account.HasKey(a => a.Did);
        account.HasIndex(a => a.Handle).IsUnique();
        account.HasIndex(a => a.EmailKey).IsUnique();
        account.HasIndex(a => a.DeleteAfter);
    }
}

internal sealed class AccountKeyConfiguration : IEntityTypeConfiguration<AccountKeyRow>
{
    public void Configure(EntityTypeBuilder<AccountKeyRow> key)
    {
        key.ToTable("account_key");
        key.HasKey(k => k.Did);
        key.Property(k => k.Curve).HasConversion<string>();
    }
}

internal sealed class ReservedKeyConfiguration : IEntityTypeConfiguration<ReservedKeyRow>
{
    public void Configure(EntityTypeBuilder<ReservedKeyRow> key)
    {
        key.ToTable("account_reserved_key");
        key.HasKey(k => k.PublicKey);
        key.HasIndex(k => k.Did).IsUnique();
    }
}

internal sealed class SessionConfiguration : IEntityTypeConfiguration<SessionRow>
{
    public void Configure(EntityTypeBuilder<SessionRow> session)
    {
        session.ToTable("account_session");
        session.HasKey(s => s.Id);
        session.HasIndex(s => s.Did);
    }
}

internal sealed class EmailTokenConfiguration : IEntityTypeConfiguration<EmailTokenRow>
{
    public void Configure(EntityTypeBuilder<EmailTokenRow> token)
    {
        token.ToTable("account_email_token");
        token.HasKey(t => new { t.Did, t.Purpose });
        token.Property(t => t.Purpose).HasConversion<string>();
        token.HasIndex(t => t.Hash);
    }
}

internal sealed class InviteCodeConfiguration : IEntityTypeConfiguration<InviteCodeRow>
{
    public void Configure(EntityTypeBuilder<InviteCodeRow> code)
    {
        code.ToTable("invite_code");
        code.HasKey(c => c.Code);
        code.HasIndex(c => c.ForAccount);
        code.HasIndex(c => new { c.CreatedAt, c.Code });
    }
}

internal sealed class InviteCodeUseConfiguration : IEntityTypeConfiguration<InviteCodeUseRow>
{
    public void Configure(EntityTypeBuilder<InviteCodeUseRow> use)
    {
        use.ToTable("invite_code_use");
        use.HasKey(u => new { u.Code, u.UsedBy });
        use.HasIndex(u => u.UsedBy);
    }
}
