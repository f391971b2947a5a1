using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Engagement;
using Ecosystem.Workflows.Scheduling;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Tests.Scheduling;

public sealed class ReEnablementsTests : LifecycleTest
{
    private ReEnablements ReEnablements => Get<ReEnablements>();

    [Fact]
    public async Task RunAsync_QuietPartner_BeginsOneEpisode()
    {
        var quiet = await OnboardedPartnerAsync("quiet");
        await ActivePartnerAsync("accompanied");
        Clock.Advance(TimeSpan.FromDays(44));
        Assert.Equal(0, await ReEnablements.RunAsync());
        Clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal(1, await ReEnablements.RunAsync());
        Assert.Equal(0, await ReEnablements.RunAsync());

        var episode = Assert.Single(await EpisodesAsync());
        Assert.Equal((quiet, CaseStatus.Starting), (episode.PartnerId!.Value, episode.Status));
    }

    // The ladder lasts 90 days; whoever went through it is left alone for as long.
    [Fact]
    public async Task RunAsync_EpisodeEnded_NextOneOnlyAfterNinetyDays()
    {
        await OnboardedPartnerAsync("quiet");
        Clock.Advance(TimeSpan.FromDays(46));
        await ReEnablements.RunAsync();
        await EndAsync("re-enablement");

        Clock.Advance(TimeSpan.FromDays(89));
        Assert.Equal(0, await ReEnablements.RunAsync());
        Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, await ReEnablements.RunAsync());
    }

    [Fact]
    public async Task Evaluate_WhileAnEpisodeRuns_BeginsNoSecondOne()
    {
        var quiet = await OnboardedPartnerAsync("quiet");
        Clock.Advance(TimeSpan.FromDays(46));
        Assert.True((await Get<HealthService>().EvaluateAsync(quiet, System)).Value.Start);
        await ReEnablements.RunAsync();
        Clock.Advance(TimeSpan.FromDays(4));

        var finding = (await Get<HealthService>().EvaluateAsync(quiet, System)).Value;

        Assert.False(finding.Start);
        Assert.NotEqual("none", finding.Step);
    }

    [Fact]
    public async Task Evaluate_WhileAnEpisodeIsStuck_BeginsNoSecondOne()
    {
        var quiet = await OnboardedPartnerAsync("quiet");
        Clock.Advance(TimeSpan.FromDays(46));
        await ReEnablements.RunAsync();
        await Storage.WriteAsync((db, token) => db.Set<CaseRecord>().Where(record => record.Kind == "re-enablement")
            .ExecuteUpdateAsync(set => set.SetProperty(record => record.Status, CaseStatus.Incident), token));
        Clock.Advance(TimeSpan.FromDays(4));

        Assert.False((await Get<HealthService>().EvaluateAsync(quiet, System)).Value.Start);
    }

    private async Task<PartnerId> OnboardedPartnerAsync(string id)
    {
        var partner = await ActivePartnerAsync(id);
        await EndAsync("partner-onboarding");
        return partner;
    }

    private Task<int> EndAsync(string kind) => Storage.WriteAsync((db, token) => db.Set<CaseRecord>().Where(record => record.Kind == kind)
        .ExecuteUpdateAsync(set => set.SetProperty(record => record.Status, CaseStatus.Completed).SetProperty(record => record.EndedAt, Clock.GetUtcNow()), token));

    private Task<List<CaseRecord>> EpisodesAsync() => Storage.ReadAsync((db, token) => db.Set<CaseRecord>().Where(record => record.Kind == "re-enablement").ToListAsync(token));
}
