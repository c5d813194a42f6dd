using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pds.Infrastructure.Persistence.Rows;

namespace Pds.Infrastructure.Persistence.Configurations;

internal sealed class OAuthRequestConfiguration : IEntityTypeConfiguration<OAuthRequestRow>
{
    public void Configure(EntityTypeBuilder<OAuthRequestRow> request)
    {
        request.ToTable("account_oauth_request");
        request.HasKey(r => r.Id);
        request.HasIndex(r => r.CodeHash).IsUnique();
        request.HasIndex(r => r.ExpiresAt);
        request.HasIndex(r => r.Did);
    }
}

internal sealed class OAuthSessionConfiguration : IEntityTypeConfiguration<OAuthSessionRow>
{
    public void Configure(EntityTypeBuilder<OAuthSessionRow> session)
    {
        session.ToTable("account_oauth_session");
        session.HasKey(s => s.Id);
        session.HasIndex(s => s.CodeHash).IsUnique();
        session.HasIndex(s => s.Did);
        session.HasIndex(s => s.ExpiresAt);
    }
}

internal sealed class OAuthConsentConfiguration : IEntityTypeConfiguration<OAuthConsentRow>
{
    public void Configure(EntityTypeBuilder<OAuthConsentRow> consent)
    {
        consent.ToTable("account_oauth_consent");
        consent.HasKey(c => new { c.Did, c.Client });
    }
}
