using Pds.Application.Accounts.Factors;
using Pds.Application.Mail;
using Pds.Domain.Accounts;
using Pds.TestKit;

namespace Pds.Api.Tests.LocalPds.Admin;

/// <summary><c>local.pds.admin.removeFactors</c></summary>
public sealed class RemoveFactorsTests(TimedPdsFixture pds) : IClassFixture<TimedPdsFixture>
{
    private const string Method = "local.pds.admin.removeFactors";

    [Fact]
    public async Task Lets_somebody_in_by_the_password_alone_who_has_lost_everything_else()
    {
        var alice = await pds.SignUpAsync();
        await pds.UseMailFactorAsync(alice);
        await pds.SetUpTotpAsync(alice, pds.Time.GetUtcNow());
        for (var i = 0; i < WrongCodes.Allowed; i++) await pds.SignInAsync(alice, alice.Password, "000000"); // and has tried until nothing is taken any more

        var removed = (await pds.Admin.PostAsync(Method, new { did = alice.Did.Value })).Ok();

        Assert.Equal((true, true), (removed.GetProperty("authenticator").GetBoolean(), removed.GetProperty("email").GetBoolean()));
        (await pds.SignInAsync(alice, alice.Password)).Ok();
        Assert.Equivalent(new ListFactors.Output(Email: false, null, [], 0), await pds.SendAsync(alice, new ListFactors()));
        (await alice.GetAsync("com.atproto.server.getSession")).Ok(); // the sessions that there are go on
    }

    [Fact]
    public async Task Tells_the_owner_by_mail_and_the_audit_log()
    {
        var alice = await pds.SignUpAsync();
        await pds.SetUpTotpAsync(alice, pds.Time.GetUtcNow());

        (await pds.Admin.PostAsync(Method, new { did = alice.Did.Value })).Ok();

        await Eventually.IsTrueAsync(() => pds.Mail.Letters.Contains(new Letter.FactorChanged(alice.Email, Domain.Syntax.Handle.Parse(alice.Handle), FactorChange.RemovedByOperator)));
        var entry = (await pds.Admin.GetAsync("local.pds.admin.listAudit", new { subject = alice.Did.Value })).Ok().GetProperty("entries")[0];
        Assert.Equal((Method, "admin"), (entry.GetProperty("method").GetString(), entry.GetProperty("actor").GetString()));
    }

    [Fact]
    public async Task Of_an_account_without_any_there_is_nothing_to_remove_and_nothing_to_tell()
    {
        var alice = await pds.SignUpAsync();

        var removed = (await pds.Admin.PostAsync(Method, new { did = alice.Did.Value })).Ok();

        Assert.Equal((false, false), (removed.GetProperty("authenticator").GetBoolean(), removed.GetProperty("email").GetBoolean()));
        Assert.DoesNotContain(pds.Mail.Letters, letter => letter.To == alice.Email);
    }

    [Fact]
    public async Task Refuses_an_account_that_is_not_here() =>
        (await pds.Admin.PostAsync(Method, new { did = "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa" })).Refused(400, "InvalidRequest");

    [Fact]
    public async Task Is_the_administrators_alone()
    {
        var alice = await pds.SignUpAsync();

        (await alice.PostAsync(Method, new { did = alice.Did.Value })).Refused(401, "AuthenticationRequired");
        (await pds.Anyone.PostAsync(Method, new { did = alice.Did.Value })).Refused(401, "AuthenticationRequired");
    }
}
