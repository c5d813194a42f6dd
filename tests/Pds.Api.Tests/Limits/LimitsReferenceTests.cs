using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Pds.Api.Limits;
using Pds.TestKit;

namespace Pds.Api.Tests.Limits;

public sealed class LimitsReferenceTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    /// <summary>The methods that the official server holds to more than the limit for all.</summary>
    private static readonly Dictionary<string, Limit> Official = new()
    {
        ["com.atproto.identity.updateHandle"] = Limit.UpdateHandle,
        ["com.atproto.repo.applyWrites"] = Limit.ApplyWrites,
        ["com.atproto.repo.createRecord"] = Limit.CreateRecord,
        ["com.atproto.repo.deleteRecord"] = Limit.DeleteRecord,
        ["com.atproto.repo.putRecord"] = Limit.PutRecord,
        ["com.atproto.repo.uploadBlob"] = Limit.UploadBlob,
        ["com.atproto.server.createAccount"] = Limit.CreateAccount,
        ["com.atproto.server.createSession"] = Limit.CreateSession,
        ["com.atproto.server.deleteAccount"] = Limit.DeleteAccount,
        ["com.atproto.server.requestAccountDelete"] = Limit.RequestAccountDelete,
        ["com.atproto.server.requestEmailConfirmation"] = Limit.RequestEmailConfirmation,
        ["com.atproto.server.requestEmailUpdate"] = Limit.RequestEmailUpdate,
        ["com.atproto.server.requestPasswordReset"] = Limit.RequestPasswordReset,
        ["com.atproto.server.resetPassword"] = Limit.ResetPassword,
        ["com.atproto.sync.getRepo"] = Limit.GetRepo,
    };

    private IReadOnlyList<(string Route, Limit Limit)> Routes => LimitsReference.Routes(pds.Services.GetRequiredService<EndpointDataSource>());

    /// <summary>Run with <c>UPDATE_DOCS=1</c> to write the page instead.</summary>
    [Fact]
    public void The_reference_says_what_the_routes_are_held_to() => ReferencePage.Holds("limits.md", LimitsReference.Write(Routes));

    [Fact]
    public void Every_method_that_is_limited_officially_is_limited_here()
    {
        var held = Routes.Where(route => Official.ContainsKey(route.Route)).ToList();

        Assert.NotEmpty(held);
        Assert.All(held, route => Assert.True(ReferenceEquals(Official[route.Route], route.Limit), $"{route.Route} does not have its limit: see Limit.cs"));
    }

    [Fact]
    public void No_two_limits_share_a_count_but_those_that_are_one_budget() => Assert.Equal(
        ["global", "repoWrites"],
        typeof(Limit).GetProperties().Where(property => property.GetMethod!.IsStatic).Select(property => (Limit)property.GetValue(null)!)
            .SelectMany(limit => new[] { limit.Door, limit.Own }).OfType<Rate>()
            .GroupBy(rate => rate.Name).Where(group => group.Count() > 1).Select(group => group.Key).Order());
}
