using Ecosystem.Temporal;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Incentives.Payouts;
using Ecosystem.Workflows.Incentives.Statements;
using Ecosystem.Workflows.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace Ecosystem.Workflows.Tests.Incentives;

/// <summary>The workflow on the embedded service, with histories recorded beside the tests and replayed.</summary>
public sealed class PayoutRunWorkflowTests : IncentiveTest
{
    private const string Queue = "payout-tests";

    [Fact]
    public async Task Run_ApprovedReleasedSettled_EndsAndReplays()
    {
        await AccrueAsync("deal-1", 1000m, (A, 60m), (B, 40m));
        Clock.Advance(TimeSpan.FromDays(40));
        var run = await RunAsync("2026-01");
        await WithWorkerAsync(async client =>
        {
            var handle = await client.StartWorkflowAsync((PayoutRunWorkflow workflow) => workflow.RunAsync(new PayoutRunInput(run.Id.Value)), new(run.Id.Value, Queue));
            Assert.Empty((await AnswerAsync(handle, run, "approve", PayoutTaskTypes.Approved, Clerk)).Refusals);

            // A second answer to the same task is refused; who approved may not release.
            await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => AnswerAsync(handle, run, "approve", PayoutTaskTypes.Rejected, Controller));
            Assert.Equal("payout.same-person", Assert.Single((await AnswerAsync(handle, run, "release", PayoutTaskTypes.Released, Clerk)).Refusals).Code);
            Assert.Empty((await AnswerAsync(handle, run, "release", PayoutTaskTypes.Released, Controller)).Refusals);
            Assert.Empty((await AnswerAsync(handle, run, "settle", PayoutTaskTypes.Settled, Clerk)).Refusals);
            Assert.Equal("Settled", await handle.GetResultAsync<string>());
            await ReplayAsync("payout-settled.json", await handle.FetchHistoryAsync());
        });
        await CheckBooksAsync();
        Assert.Equal(60m, Assert.Single((await Get<StatementService>().BalancesAsync(A, System)).Value).Paid.Amount);
    }

    [Fact]
    public async Task Run_NotReleased_UndoesTheApprovalAndReplays()
    {
        await AccrueAsync("deal-1", 1000m, (A, 100m));
        Clock.Advance(TimeSpan.FromDays(40));
        var run = await RunAsync("2026-01");
        await WithWorkerAsync(async client =>
        {
            var handle = await client.StartWorkflowAsync((PayoutRunWorkflow workflow) => workflow.RunAsync(new PayoutRunInput(run.Id.Value)), new(run.Id.Value, Queue));
            Assert.Empty((await AnswerAsync(handle, run, "approve", PayoutTaskTypes.Approved, Clerk)).Refusals);
            Assert.Empty((await AnswerAsync(handle, run, "release", PayoutTaskTypes.Cancelled, Controller)).Refusals);
            Assert.Equal("Cancelled", await handle.GetResultAsync<string>());
            await ReplayAsync("payout-cancelled.json", await handle.FetchHistoryAsync());
        });
        await CheckBooksAsync();
        Assert.Equal(100m, Assert.Single((await Get<StatementService>().BalancesAsync(A, System)).Value).Approvable.Amount);
    }

    [Fact]
    public async Task Run_NothingDue_EndsAtOnceAndReplays()
    {
        var run = await RunAsync("2026-01");
        await WithWorkerAsync(async client =>
        {
            var handle = await client.StartWorkflowAsync((PayoutRunWorkflow workflow) => workflow.RunAsync(new PayoutRunInput(run.Id.Value)), new(run.Id.Value, Queue));
            Assert.Equal("Empty", await handle.GetResultAsync<string>());
            await ReplayAsync("payout-empty.json", await handle.FetchHistoryAsync());
        });
    }

    [Theory]
    [InlineData("payout-settled.json")]
    [InlineData("payout-cancelled.json")]
    [InlineData("payout-empty.json")]
    public async Task RecordedHistory_Replays(string name)
    {
        var history = Temporalio.Common.WorkflowHistory.FromJson("payout", await File.ReadAllTextAsync(Golden.PathOf(name)));
        var replayer = new WorkflowReplayer(new WorkflowReplayerOptions { DataConverter = EcosystemTemporal.Data }.AddWorkflow<PayoutRunWorkflow>());
        Assert.Null((await replayer.ReplayWorkflowAsync(history)).ReplayFailure);
    }

    private static Task<PayoutStage> AnswerAsync(WorkflowHandle<PayoutRunWorkflow, string> handle, PayoutRun run, string step, string outcome, Actor actor) =>
        handle.ExecuteUpdateAsync(workflow => workflow.CompleteTaskAsync(new TaskAnswer($"{run.Id}-{step}", outcome, null, "looked at", TaskActor.Of(actor))));

    private static async Task ReplayAsync(string name, Temporalio.Common.WorkflowHistory history)
    {
        if (Golden.Writing)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Golden.PathOf(name))!);
            await File.WriteAllTextAsync(Golden.PathOf(name), history.ToJson());
        }

        var replayer = new WorkflowReplayer(new WorkflowReplayerOptions { DataConverter = EcosystemTemporal.Data }.AddWorkflow<PayoutRunWorkflow>());
        Assert.Null((await replayer.ReplayWorkflowAsync(history)).ReplayFailure);
    }

    private async Task WithWorkerAsync(Func<ITemporalClient, Task> test)
    {
        await using var service = await EmbeddedTemporal.StartAsync(new EmbeddedTemporalOptions());
        var client = await EcosystemTemporal.ConnectAsync(service.Address);
        using var worker = new TemporalWorker(
            client, new TemporalWorkerOptions(Queue).AddWorkflow<PayoutRunWorkflow>().AddAllActivities(Services.GetRequiredService<PayoutActivities>()));
        await worker.ExecuteAsync(() => test(client));
    }
}
