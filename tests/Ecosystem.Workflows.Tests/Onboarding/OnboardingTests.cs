using Ecosystem.Workflows.Enablement;
using Ecosystem.Workflows.Onboarding;
using Ecosystem.Workflows.Partners;

namespace Ecosystem.Workflows.Tests.Onboarding;

public sealed class OnboardingTests : LifecycleTest
{
    private OnboardingService Onboarding => Get<OnboardingService>();

    [Fact]
    public async Task Screen_KnownCompany_IsApproved() => Assert.Equal("approve", (await ScreenAsync(await ApplyAsync("Nordwind", verified: true))).Outcome);

    [Fact]
    public async Task Screen_UnknownCompany_IsNeverApprovedAlone() => Assert.Equal(("review", "ops"), Of(await ScreenAsync(await ApplyAsync("Nordwind", verified: false))));

    [Fact]
    public async Task Screen_DuplicateOfAPartner_IsReviewed()
    {
        await ApplyAsync("Nordwind Handels GmbH", verified: true, domain: "nordwind.de");
        Assert.Equal("review", (await ScreenAsync(await ApplyAsync("NORDWIND Handels AG", verified: true, domain: "shop.nordwind.de"))).Outcome);
    }

    [Fact]
    public async Task Screen_SanctionedCompany_IsBlocked()
    {
        Assert.Equal(1, (await Onboarding.ReplaceListAsync(WatchlistKind.Sanctions, "2026-01", ["Bad Actor Trading LLC"], Ops)).Value);
        var screening = await ScreenAsync(await ApplyAsync("Bad Actor Trading", verified: true));
        Assert.Equal(("block", "Sanctions 2026-01"), (screening.Outcome, screening.ListVersions));
        Assert.Equal("actor.forbidden", (await Onboarding.ReplaceListAsync(WatchlistKind.Sanctions, "2026-02", [], Actor.Staff("u", "U", ActorSource.Web))).Refusal!.Code);
    }

    [Fact]
    public async Task Sign_AfterSending_IsKeptOnce()
    {
        var id = await ApplyAsync("Nordwind", verified: true);
        var actor = Actor.OfPartner("u1", "Nora", id);
        Assert.Equal("agreement.not-sent", (await Onboarding.SignAsync(id, actor)).Refusal!.Code);
        await DoAsync(id, (db, partner, token) => Onboarding.SendAgreementAsync(db, partner, "partner-agreement-de", "1", System, token));
        var signed = (await Onboarding.SignAsync(id, actor)).Value;
        Assert.Equal("u1", signed.SignedBy);
        Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(signed.SignedAt, (await Onboarding.SignAsync(id, actor)).Value.SignedAt);
        Assert.Equal("partner.not-found", (await Onboarding.SignAsync(id, Actor.OfPartner("u2", "Sam", new PartnerId("other")))).Refusal!.Code);
    }

    [Fact]
    public async Task ActivateEndActivate_AccessFollows()
    {
        var id = await ApplyAsync("Nordwind", verified: true);
        await DoAsync(id, async (db, partner, token) =>
        {
            await Onboarding.ProvisionAsync(db, partner, ["portal", "api"], System, token);
            await Onboarding.ActivateAsync(db, partner, System, token);
        });
        Assert.Equal(PartnerStatus.Active, (await Partners.GetAsync(id, Ops))!.Status);
        await DoAsync(id, (db, partner, token) => Onboarding.EndAsync(db, partner, pause: true, "Quiet for a year.", System, token));
        Assert.Equal((PartnerStatus.Paused, "Quiet for a year."), ((await Partners.GetAsync(id, Ops))!.Status, (await Partners.GetAsync(id, Ops))!.StatusReason));
        IReadOnlyList<string> given = [];
        await DoAsync(id, async (db, partner, token) => given = await Onboarding.ProvisionAsync(db, partner, ["portal"], System, token));
        Assert.Equal(["portal"], given);
    }

    [Fact]
    public async Task Certificates_ExpireAndRemind()
    {
        var id = await ActivePartnerAsync("north");
        var enablement = Get<EnablementService>();
        await DoAsync(id, (db, partner, token) => enablement.AssignAsync(db, partner, "ann", 30, System, token));
        Assert.Equal(["programme-basics", "sales-essentials"], (await enablement.TrainingsAsync(id, Ops)).Select(row => row.Course));
        Assert.True((await enablement.CompleteAsync(id, "programme-basics", "ann", Ops)).IsSuccess);
        Assert.Equal("training.not-found", (await enablement.CompleteAsync(id, "unknown", "ann", Ops)).Refusal!.Code);
        for (var i = 0; i < 2; i++)
        {
            await DoAsync(id, (db, partner, token) => enablement.GrantAsync(db, partner.Id, "ann", "sales", CertificationLevel.Intermediate, 12, System, token));
        }

        var certificate = Assert.Single(await enablement.CertificatesAsync(id, Ops));
        Assert.All((await enablement.TrainingsAsync(id, Ops)), row => Assert.NotNull(row.CompletedAt));
        foreach (var days in EnablementService.ReminderDays)
        {
            Assert.Equal(days, Assert.Single(await enablement.RemindersAsync(certificate.ExpiresOn.AddDays(-days))).DaysLeft);
        }

        Assert.Empty(await enablement.RemindersAsync(certificate.ExpiresOn.AddDays(-29)));
    }

    [Fact]
    public async Task Steps_OfOnboarding_RunOneAfterTheOther()
    {
        var id = await ApplyAsync("Nordwind", verified: true);
        foreach (var (type, outcome) in new[]
        {
            ("Ecosystem.ScreenApplicant", "Approve"), ("Ecosystem.SendAgreement", "Done"), ("Ecosystem.AssignTraining", "Done"),
            ("Ecosystem.GrantCertification", "Done"), ("Ecosystem.ProvisionAccess", "Done"), ("Ecosystem.ActivatePartner", "Done"), ("Ecosystem.EvaluateHealth", "None"),
            ("Ecosystem.Offboard", "Done"),
        })
        {
            Assert.Equal(outcome, (await RunStepAsync(type, id, id, [])).Outcome);
        }

        Assert.Equal(PartnerStatus.Offboarded, (await Partners.GetAsync(id, Ops))!.Status);
    }

    private static (string, string) Of(Screening screening) => (screening.Outcome, screening.ReviewRole);

    private async Task<PartnerId> ApplyAsync(string name, bool verified, string? domain = null) => (await Partners.ApplyAsync(
        Application(name) with { RegistryVerified = verified, Domain = domain, Contact = new ContactDetails { Name = "Nora Example", Email = $"nora@{domain ?? "nord.example"}" } }, Importer)).Value.PartnerId;

    private async Task<Screening> ScreenAsync(PartnerId id)
    {
        Screening? screening = null;
        await DoAsync(id, async (db, partner, token) => screening = (await Onboarding.ScreenAsync(db, partner, System, token)).Screening);
        return screening!;
    }
}
