namespace Pds.Infrastructure.Tests.Contracts;

public sealed class NeedsOfficialPlcAttribute : NeedsAttribute
{
    public static string? Url => Environment.GetEnvironmentVariable("PDS_TEST_PLC_URL");

    public override string? Missing => Url is null ? "no @did-plc/server runs here; PDS_TEST_PLC_URL says where one does" : null;

    public override bool IsOptional => true;
}
