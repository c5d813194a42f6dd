using Pds.TestKit;

namespace Pds.Api.Tests.Admin;

/// <summary>Administration is for whoever has the administrator's password, and whoever tries without is written down without what was tried.</summary>
public sealed class WhoMayCallTests(LoggedPdsFixture pds) : IClassFixture<LoggedPdsFixture>
{
    private const string Did = "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa";

    public static TheoryData<string, bool> Methods => new()
    {
        { "com.atproto.admin.getAccountInfo", false },
        { "com.atproto.admin.getAccountInfos", false },
        { "com.atproto.admin.getSubjectStatus", false },
        { "com.atproto.admin.searchAccounts", false },
        { "com.atproto.admin.updateSubjectStatus", true },
        { "local.pds.admin.findAccount", false },
        { "local.pds.admin.listAudit", false },
    };

    [Theory, MemberData(nameof(Methods))]
    public async Task Refuses_everybody_else(string method, bool isProcedure)
    {
        var alice = await pds.SignUpAsync();

        foreach (var authorization in new[]
        {
            null, alice.Authorization, alice.Refreshing.Authorization, Basic("admin", "wrong"), Basic("admin", ""), Basic("root", PdsFixture.AdminPassword),
            Basic("ADMIN", PdsFixture.AdminPassword), Basic("admin", $"{PdsFixture.AdminPassword} "), "Basic ====", "Basic YWRtaW4=", $"Basic {new string('A', 2000)}",
        })
        {
            var caller = new XrpcClient(pds.Url) { Authorization = authorization };
            var answer = isProcedure
                ? await caller.PostAsync(method, Moderating.Body(Moderating.Account(alice.Did), Moderating.Applied()))
                : await caller.GetAsync(method, new { did = Did, dids = Did, account = Did });

            var takesServices = method.StartsWith("com.atproto.admin.", StringComparison.Ordinal); // whose tokens a session's is not
            answer.Refused(401, takesServices && authorization?.StartsWith("Bearer", StringComparison.Ordinal) == true ? "BadJwtType" : "AuthenticationRequired");
        }

        (await alice.GetAsync("com.atproto.server.getSession")).Ok();
    }

    [Fact]
    public async Task The_log_names_the_address_of_a_wrong_password_and_not_the_password()
    {
        const string NearlyRight = $"{PdsFixture.AdminPassword}-mistyped";
        var header = Basic("admin", NearlyRight);

        (await new XrpcClient(pds.Url) { Authorization = header }.GetAsync("com.atproto.admin.getAccountInfo", new { did = Did })).Refused(401, "AuthenticationRequired");

        Assert.Contains(pds.Log, line =>
            line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("127.0.0.1", StringComparison.Ordinal) && line.Contains("com.atproto.admin.getAccountInfo", StringComparison.Ordinal));
        Assert.DoesNotContain(pds.Log, line =>
            line.Contains(PdsFixture.AdminPassword, StringComparison.Ordinal) || line.Contains(header["Basic ".Length..], StringComparison.Ordinal));
    }

    private static string Basic(string user, string password) => $"Basic {Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{user}:{password}"))}";
}
