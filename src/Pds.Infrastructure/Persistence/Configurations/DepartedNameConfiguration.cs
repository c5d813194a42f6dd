using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pds.Infrastructure.Persistence.Rows;

namespace Pds.Infrastructure.Persistence.Configurations;

internal sealed class DepartedNameConfiguration : IEntityTypeConfiguration<DepartedNameRow>
{
    public void Configure(EntityTypeBuilder<DepartedNameRow> name)
    {
        name.ToTable("departed_name");
        name.HasKey(n => n.Name);
    }
}
