using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pds.Infrastructure.Persistence.Rows;

namespace Pds.Infrastructure.Persistence.Configurations;

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntryRow>
{
    public void Configure(EntityTypeBuilder<AuditEntryRow> entry)
    {
        entry.ToTable("audit_entry");
        entry.HasKey(e => e.Id);
        entry.HasIndex(e => e.Subject);
    }
}
