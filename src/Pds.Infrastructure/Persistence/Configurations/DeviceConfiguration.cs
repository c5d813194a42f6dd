using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pds.Infrastructure.Persistence.Rows;

namespace Pds.Infrastructure.Persistence.Configurations;

internal sealed class DeviceConfiguration : IEntityTypeConfiguration<DeviceRow>
{
    public void Configure(EntityTypeBuilder<DeviceRow> device)
    {
        device.ToTable("device");
        device.HasKey(d => d.Id);
        device.HasIndex(d => d.SeenAt);
    }
}

internal sealed class DeviceSignInConfiguration : IEntityTypeConfiguration<DeviceSignInRow>
{
    public void Configure(EntityTypeBuilder<DeviceSignInRow> signIn)
    {
        signIn.ToTable("account_device");
        signIn.HasKey(s => new { s.Did, s.DeviceId });
        signIn.HasIndex(s => s.DeviceId);
    }
}
