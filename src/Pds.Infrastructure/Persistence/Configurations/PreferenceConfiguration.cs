using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pds.Infrastructure.Persistence.Rows;

namespace Pds.Infrastructure.Persistence.Configurations;

internal sealed class PreferenceConfiguration : IEntityTypeConfiguration<PreferenceRow>
{
    public void Configure(EntityTypeBuilder<PreferenceRow> preference)
    {
        preference.ToTable("account_preference");
        preference.HasKey(p => new { p.Did, p.Position });
    }
}
