using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pds.Infrastructure.Persistence.Rows;

namespace Pds.Infrastructure.Persistence.Configurations;

internal sealed class ReportConfiguration : IEntityTypeConfiguration<ReportRow>
{
    public void Configure(EntityTypeBuilder<ReportRow> report)
    {
        report.ToTable("report");
        report.HasKey(r => r.Id);
        report.HasIndex(r => r.Subject);
        report.HasIndex(r => r.ReportedBy);
    }
}
