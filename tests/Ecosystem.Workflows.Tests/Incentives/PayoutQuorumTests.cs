using Ecosystem.Rules.Rulesets;
using Ecosystem.Workflows.Decisions;
using Ecosystem.Workflows.Incentives.Payouts;
using Ecosystem.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Workflows.Tests.Incentives;

/// <summary>From an amount on, two people approve a run, and a third releases it.</summary>
public sealed class PayoutQuorumTests : IncentiveTest
{
    private static readonly Actor Head = Actor.Staff("u-head", "Head of finance", ActorSource.Web, "finance");

    protected override void Configure(IServiceCollection collection, IDictionary<string, string?> settings)
    {
        base.Configure(collection, settings);
        settings["Payouts:QuorumFrom"] = "100";
    }

    [Fact]
    public async Task Answer_RunOfTheQuorumsAmount_TakesTwoPeopleAndAThirdToRelease()
    {
        var run = await CalculatedAsync(1000m);
        Assert.Equal(2, run.ApprovalsNeeded);

        var first = await AnswerAsync(run, "approve", PayoutTaskTypes.Approved, Clerk);
        Assert.Empty(first.Refusals);
        Assert.Equal((PayoutRunStatus.Calculated, $"{run.Id}-approve-2"), (first.Status, first.TaskId));

        Assert.Equal("payout.same-person", Assert.Single((await AnswerAsync(run, "approve-2", PayoutTaskTypes.Approved, Clerk)).Refusals).Code);
        Assert.Equal(PayoutRunStatus.Approved, (await AnswerAsync(run, "approve-2", PayoutTaskTypes.Approved, Controller)).Status);
        foreach (var approver in new[] { Clerk, Controller })
        {
            Assert.Equal("payout.same-person", Assert.Single((await AnswerAsync(run, "release", PayoutTaskTypes.Released, approver)).Refusals).Code);
        }

        Assert.Equal(PayoutRunStatus.Released, (await AnswerAsync(run, "release", PayoutTaskTypes.Released, Head)).Status);
        Assert.Equal(("u-clerk", "u-controller"), ((await RunAsync(run.Id)).FirstApprovedBy, (await RunAsync(run.Id)).ApprovedBy));
        await CheckBooksAsync();
    }

    [Fact]
    public async Task Answer_SecondApproverRejects_CancelsTheRun()
    {
        var run = await CalculatedAsync(1000m);
        await AnswerAsync(run, "approve", PayoutTaskTypes.Approved, Clerk);

        Assert.Equal(PayoutRunStatus.Cancelled, (await AnswerAsync(run, "approve-2", PayoutTaskTypes.Rejected, Controller)).Status);
        await CheckBooksAsync();
    }

    [Fact]
    public async Task Answer_SmallerRun_TakesOnePerson()
    {
        var run = await CalculatedAsync(999m);

        Assert.Equal(PayoutRunStatus.Approved, (await AnswerAsync(run, "approve", PayoutTaskTypes.Approved, Clerk)).Status);
    }

    [Fact]
    public async Task Answer_ByWhoWroteTheRules_IsRefusedTheFirstTimeTheyPay()
    {
        var first = await CalculatedAsync(500m);
        await Storage.WriteAsync((db, _) =>
        {
            var now = Clock.GetUtcNow();
            db.Add(StoredRuleset.From(
                new RulesetVersion("incentive-plan", "1.0.0", "", RulesetVersionState.Published, Clerk.Id, [new RulesetVersion.VersionEvent("draft", Clerk.Id, now, "")]), now));
            return Task.CompletedTask;
        });

        Assert.Equal("payout.same-person", Assert.Single((await AnswerAsync(first, "approve", PayoutTaskTypes.Approved, Clerk)).Refusals).Code);
        await AnswerAsync(first, "approve", PayoutTaskTypes.Approved, Controller);
        await AnswerAsync(first, "release", PayoutTaskTypes.Released, Head);
        await AnswerAsync(first, "settle", PayoutTaskTypes.Settled, Clerk);

        await AccrueAsync("deal-2", 500m, (A, 100m));
        Clock.Advance(TimeSpan.FromDays(40));
        var second = await RunAsync("2026-02");
        await Get<PayoutActivities>().CalculateAsync(second.Id.Value);
        Assert.Empty((await AnswerAsync(second, "approve", PayoutTaskTypes.Approved, Clerk)).Refusals);
    }

    private async Task<PayoutRun> CalculatedAsync(decimal won)
    {
        await AccrueAsync("deal-1", won, (A, 100m));
        Clock.Advance(TimeSpan.FromDays(40));
        var run = await RunAsync("2026-01");
        await Get<PayoutActivities>().CalculateAsync(run.Id.Value);
        return await RunAsync(run.Id);
    }

    private Task<PayoutRun> RunAsync(PayoutRunId id) => Storage.ReadAsync((db, token) => db.Set<PayoutRun>().SingleAsync(run => run.Id == id, token));

    private Task<PayoutStage> AnswerAsync(PayoutRun run, string step, string outcome, Actor actor) =>
        Get<PayoutActivities>().AnswerAsync(run.Id.Value, new TaskAnswer($"{run.Id}-{step}", outcome, null, "looked at", TaskActor.Of(actor)));
}
