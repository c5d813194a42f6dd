using Pds.Application.OAuth.Authorizing;
using Pds.Domain.OAuth;
using Pds.TestKit;

namespace Pds.Api.Tests.OAuth;

/// <summary>What becomes of a request between the client's push and the code: the part that pages have.</summary>
public sealed class AuthorizingTests(OAuthPds pds) : IClassFixture<OAuthPds>
{
    private DateTimeOffset Now => pds.Time.GetUtcNow();

    [Fact]
    public async Task A_page_is_told_who_asks_and_what_for()
    {
        var (app, alice) = (pds.NewClient(metadata => metadata["tos_uri"] = "https://app.example.com/terms"), await pds.SignUpAsync());
        var request = await app.PushAsync("atproto transition:generic", ("login_hint", alice.Handle.ToUpperInvariant()), ("ui_locales", "de en-GB"));

        var question = Ask(await pds.OpenAsync(app, request, DeviceId.New(), new DeviceAccount(alice.Did, Now)));

        Assert.Equal(app.Id, question.Client.Id.Value);
        Assert.Null(question.Client.Name); // anybody can call himself anything
        Assert.Equal("https://app.example.com/terms", question.Client.Terms?.ToString());
        Assert.Equal("atproto transition:generic", question.Scope);
        Assert.Equal(Prompt.Consent, question.Prompt);
        Assert.Equal(alice.Handle, question.LoginHint);
        Assert.Equal(["de", "en-GB"], question.Locales);
        Assert.Equal(new AccountChoice(alice.Did, question.Accounts[0].Handle, NeedsSignIn: false, NeedsConsent: true), Assert.Single(question.Accounts));
        Assert.Equal(alice.Did, question.Selected);
    }

    [Fact]
    public async Task A_hint_that_is_a_DID_is_shown_as_the_handle()
    {
        var (app, alice) = (pds.NewClient(), await pds.SignUpAsync());

        var question = Ask(await pds.OpenAsync(app, await app.PushAsync("atproto", ("login_hint", alice.Did.Value)), DeviceId.New()));

        Assert.Equal(alice.Handle, question.LoginHint);
    }

    [Fact]
    public async Task The_answer_goes_to_the_client_s_own_address_with_who_answers_and_its_state()
    {
        var app = new OAuthClient(pds.Url, pds.Site.Publish(metadata => metadata["redirect_uris"]!.AsArray()[0] = "https://app.example.com/callback?keep=1")) { RedirectUri = "https://app.example.com/callback?keep=1", Clock = pds.Time.GetUtcNow };
        var (request, device) = (await app.PushAsync(), DeviceId.New());
        await pds.OpenAsync(app, request, device);

        var answer = await pds.AcceptAsync(request, device, await pds.SignUpAsync());

        Assert.StartsWith("https://app.example.com/callback?keep=1&iss=", answer.Location, StringComparison.Ordinal);
        Assert.Equal(pds.Url, answer["iss"]);
        Assert.Equal(app.State, answer["state"]);
        Assert.Matches("^cod-[0-9a-f]{64}$", answer["code"]);
        Assert.Null(answer["error"]);
    }

    [Fact]
    public async Task An_answer_can_go_in_the_fragment_or_by_a_form()
    {
        var alice = await pds.SignUpAsync();

        var (fragment, form) = (await AnswerAsync("fragment"), await AnswerAsync("form_post"));

        Assert.StartsWith("https://app.example.com/callback#iss=", fragment.Location, StringComparison.Ordinal);
        Assert.Null(form.Location);
        Assert.Equal("https://app.example.com/callback", form.RedirectUri.Value);

        async Task<AuthorizationResponse> AnswerAsync(string mode)
        {
            var (app, device) = (pds.NewClient(), DeviceId.New());
            var request = await app.PushAsync("atproto", ("response_mode", mode));
            await pds.OpenAsync(app, request, device);
            return await pds.AcceptAsync(request, device, alice);
        }
    }

    [Fact]
    public async Task A_page_may_be_loaded_again_in_the_same_browser()
    {
        var (app, device) = (pds.NewClient(), DeviceId.New());
        var request = await app.PushAsync();

        await pds.OpenAsync(app, request, device);

        Ask(await pds.OpenAsync(app, request, device));
    }

    [Fact]
    public async Task A_second_browser_ends_the_request_for_both()
    {
        var (app, first) = (pds.NewClient(), DeviceId.New());
        var request = await app.PushAsync();
        await pds.OpenAsync(app, request, first);

        var second = Answer(await pds.OpenAsync(app, request, DeviceId.New()));

        Assert.Equal("access_denied", second["error"]);
        await IsUnknownAsync(() => pds.OpenAsync(app, request, first));
    }

    [Fact]
    public async Task Another_client_s_name_beside_the_request_ends_it()
    {
        var (app, other) = (pds.NewClient(), pds.NewClient());
        var request = await app.PushAsync();

        var answer = Answer(await pds.OpenAsync(other, request, DeviceId.New()));

        Assert.Equal("access_denied", answer["error"]);
        Assert.Equal(app.RedirectUri, answer.RedirectUri.Value);
        await IsUnknownAsync(() => pds.OpenAsync(app, request, DeviceId.New()));
    }

    [Fact]
    public async Task A_request_that_nobody_opened_cannot_be_accepted()
    {
        var request = await pds.NewClient().PushAsync();

        Assert.Equal("access_denied", (await pds.AcceptAsync(request, DeviceId.New(), await pds.SignUpAsync()))["error"]);
    }

    [Fact]
    public async Task Another_browser_cannot_accept_what_one_has_opened()
    {
        var (app, alice) = (pds.NewClient(), await pds.SignUpAsync());
        var request = await app.PushAsync();
        await pds.OpenAsync(app, request, DeviceId.New());

        Assert.Equal("access_denied", (await pds.AcceptAsync(request, DeviceId.New(), alice))["error"]);
    }

    [Fact]
    public async Task Whoever_accepts_at_the_same_moment_or_soon_again_gets_the_same_code()
    {
        var (app, alice, device) = (pds.NewClient(), await pds.SignUpAsync(), DeviceId.New());
        var request = await app.PushAsync();
        await pds.OpenAsync(app, request, device);

        var codes = (await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => pds.AcceptAsync(request, device, alice)))).Select(answer => answer["code"]);
        pds.Time.Advance(TimeSpan.FromSeconds(59));
        var again = await pds.AcceptAsync(request, device, alice);

        Assert.Equal(Assert.Single(codes.Distinct()), again["code"]);
        (await app.ExchangeAsync(again["code"]!)).Ok();
        await IsUnknownAsync(() => pds.AcceptAsync(request, device, alice));
    }

    [Fact]
    public async Task What_was_accepted_cannot_be_had_otherwise_or_later_or_elsewhere()
    {
        var (app, alice, bob, device) = (pds.NewClient(), await pds.SignUpAsync("alice"), await pds.SignUpAsync("bob"), DeviceId.New());
        var request = await app.PushAsync("atproto transition:email");
        await pds.OpenAsync(app, request, device);
        var code = (await pds.AcceptAsync(request, device, alice))["code"]!;

        AuthorizationResponse[] others =
        [
            await pds.AcceptAsync(request, device, bob),
            await pds.AcceptAsync(request, device, alice, "atproto"),
            await pds.AcceptAsync(request, DeviceId.New(), alice),
            Answer(await pds.OpenAsync(app, request, DeviceId.New())),
            Answer(await pds.OpenAsync(pds.NewClient(), request, device)),
        ];
        pds.Time.Advance(TimeSpan.FromSeconds(61));
        var late = await pds.AcceptAsync(request, device, alice);

        Assert.All([.. others, late], answer => Assert.Equal(("access_denied", "This request was already authorized"), (answer["error"], answer["error_description"])));
        Assert.Equal(alice.Did.Value, (await app.ExchangeAsync(code)).Ok().GetProperty("sub").GetString());
    }

    [Fact]
    public async Task A_request_that_nobody_has_open_must_be_opened_as_its_client_s()
    {
        var (app, device) = (pds.NewClient(), DeviceId.New());
        var request = OAuthPds.ReadRequest(await app.PushAsync());

        await IsUnknownAsync(() => pds.SendAsync(new OpenAuthorization(request, Client: null, device, [])));

        Ask(await pds.OpenAsync(app, request.Value, device));
        Ask(await pds.SendAsync(new OpenAuthorization(request, Client: null, device, [])));
    }

    [Fact]
    public async Task A_user_who_turns_the_client_away_ends_the_request()
    {
        var (app, device) = (pds.NewClient(), DeviceId.New());
        var request = await app.PushAsync();
        await pds.OpenAsync(app, request, device);

        var answer = await pds.RejectAsync(request, device);

        Assert.Equal("access_denied", answer["error"]);
        Assert.Equal(app.State, answer["state"]);
        await IsUnknownAsync(() => pds.OpenAsync(app, request, device));
    }

    [Fact]
    public async Task A_user_may_take_scopes_away_and_add_none()
    {
        var (app, alice, device) = (pds.NewClient(), await pds.SignUpAsync(), DeviceId.New());
        var request = await app.PushAsync("atproto transition:email");
        await pds.OpenAsync(app, request, device);

        var answer = await pds.AcceptAsync(request, device, alice, "atproto", "transition:generic");

        Assert.Equal("atproto", (await app.ExchangeAsync(answer["code"]!)).Ok().GetProperty("scope").GetString());
    }

    [Fact]
    public async Task What_was_taken_away_is_not_given_by_the_consent_that_is_remembered()
    {
        var (app, alice, device) = (pds.NewConfidentialClient(), await pds.SignUpAsync(), DeviceId.New());
        var first = await app.PushAsync("atproto transition:email");
        await pds.OpenAsync(app, first, device);
        await pds.AcceptAsync(first, device, alice, "atproto");

        var question = Ask(await pds.OpenAsync(app, await app.PushAsync("atproto transition:email", ("login_hint", alice.Handle)), device, new DeviceAccount(alice.Did, Now)));

        Assert.True(Assert.Single(question.Accounts).NeedsConsent);
    }

    [Fact]
    public async Task A_request_without_the_scope_of_the_protocol_is_not_accepted()
    {
        var (app, device) = (pds.NewClient(), DeviceId.New());
        var request = await app.PushAsync("atproto transition:email");
        await pds.OpenAsync(app, request, device);

        Assert.Equal("access_denied", (await pds.AcceptAsync(request, device, await pds.SignUpAsync(), "transition:email"))["error"]);
    }

    [Fact]
    public async Task A_confidential_client_that_was_let_in_before_is_let_in_without_a_word()
    {
        var (app, alice, device) = (pds.NewConfidentialClient(), await pds.SignUpAsync(), DeviceId.New());
        var account = new DeviceAccount(alice.Did, Now);
        var first = Ask(await pds.OpenAsync(app, await app.PushAsync("atproto", ("login_hint", alice.Handle)), device, account));
        await pds.AcceptAsync(first.Request.Value, device, alice);

        var again = Answer(await pds.OpenAsync(app, await app.PushAsync("atproto", ("login_hint", alice.Handle)), device, account));
        var silent = Answer(await pds.OpenAsync(app, await app.PushAsync("atproto", ("prompt", "none")), device, account));
        var more = Ask(await pds.OpenAsync(app, await app.PushAsync("atproto transition:email", ("login_hint", alice.Handle)), device, account));
        var asked = Ask(await pds.OpenAsync(app, await app.PushAsync("atproto", ("login_hint", alice.Handle), ("prompt", "consent")), device, account));

        Assert.NotNull(again["code"]);
        Assert.NotNull(silent["code"]);
        Assert.True(Assert.Single(more.Accounts).NeedsConsent);
        Assert.True(Assert.Single(asked.Accounts).NeedsConsent);
    }

    [Fact]
    public async Task A_client_that_wants_no_word_said_is_told_why_one_is_needed()
    {
        var (app, alice, bob) = (pds.NewConfidentialClient(), await pds.SignUpAsync("alice"), await pds.SignUpAsync("bob"));

        Assert.Equal("login_required", await SilentlyAsync());
        Assert.Equal("login_required", await SilentlyAsync(new DeviceAccount(alice.Did, Now - TimeSpan.FromDays(8))));
        Assert.Equal("consent_required", await SilentlyAsync(new DeviceAccount(alice.Did, Now)));
        Assert.Equal("account_selection_required", await SilentlyAsync(new DeviceAccount(alice.Did, Now), new DeviceAccount(bob.Did, Now)));

        async Task<string?> SilentlyAsync(params DeviceAccount[] accounts) =>
            Answer(await pds.OpenAsync(app, await app.PushAsync("atproto", ("prompt", "none")), DeviceId.New(), accounts))["error"];
    }

    [Fact]
    public async Task A_client_may_want_the_password_entered_anew()
    {
        var (app, alice, device) = (pds.NewClient(), await pds.SignUpAsync(), DeviceId.New());
        var trusted = pds.NewConfidentialClient();
        var request = await trusted.PushAsync("atproto", ("prompt", "login"));
        var before = new DeviceAccount(alice.Did, Now - TimeSpan.FromMinutes(1));

        var question = Ask(await pds.OpenAsync(trusted, request, device, before));
        var refused = await pds.SendAsync(new AcceptAuthorization(question.Request, device, before));
        var young = Ask(await pds.OpenAsync(app, await app.PushAsync("atproto", ("max_age", "30")), device, before));

        Assert.True(Assert.Single(question.Accounts).NeedsSignIn);
        Assert.Equal("login_required", refused["error"]);
        Assert.True(Assert.Single(young.Accounts).NeedsSignIn);
    }

    [Fact]
    public async Task An_account_that_is_deactivated_lets_nobody_in()
    {
        var (app, alice, device) = (pds.NewClient(), await pds.SignUpAsync(), DeviceId.New());
        (await alice.PostAsync("com.atproto.server.deactivateAccount", new { })).Ok();
        var request = await app.PushAsync();

        var question = Ask(await pds.OpenAsync(app, request, device, new DeviceAccount(alice.Did, Now)));

        Assert.Empty(question.Accounts);
        Assert.Equal("access_denied", (await pds.AcceptAsync(request, device, alice))["error"]);
    }

    [Fact]
    public async Task A_request_of_which_nobody_knows_is_an_error_for_the_person()
    {
        await IsUnknownAsync(() => pds.OpenAsync(pds.NewClient(), RequestUri.New().Value, DeviceId.New()));
        await IsUnknownAsync(async () => await pds.AcceptAsync(RequestUri.New().Value, DeviceId.New(), await pds.SignUpAsync()));
    }

    private static AuthorizationQuestion Ask(AuthorizationStep step) => Assert.IsType<AuthorizationStep.Ask>(step).Question;

    private static AuthorizationResponse Answer(AuthorizationStep step) => Assert.IsType<AuthorizationStep.Answer>(step).Response;

    private static async Task IsUnknownAsync(Func<Task> act) => Assert.Equal("invalid_request", (await Assert.ThrowsAsync<OAuthException>(act)).Error);
}
