using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pds.Infrastructure.Persistence.Rows;

namespace Pds.Infrastructure.Persistence.Configurations;

internal sealed class PlcOperationConfiguration : IEntityTypeConfiguration<PlcOperationRow>
{
    public void Configure(EntityTypeBuilder<PlcOperationRow> operation)
    {
        operation.ToTable("plc_operation");
        operation.HasKey(o => o.CreatedAt);
        operation.Property(o => o.CreatedAt).ValueGeneratedNever();
        operation.HasIndex(o => new { o.Did, o.Cid }).IsUnique();
    }
}
