using System.Data.Common;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Tasks;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Temporalio.Activities;

namespace Ecosystem.Workflows.Tests.Definitions;

/// <summary>
/// A process that is lost between what an answer led to and telling the case of it. The answer is an update, which nobody remembers then.
/// </summary>
public sealed class LostWorkerTests : CaseTest
{
    private readonly LostAfterCommit loss = new();
    private readonly string folder = Directory.CreateTempSubdirectory("ecosystem-lost-").FullName;

    protected override string? TemporalFile => Path.Combine(folder, "temporal.db");

    protected override void Configure(IServiceCollection collection, IDictionary<string, string?> settings)
    {
        base.Configure(collection, settings);
        collection.AddSingleton<IInterceptor>(loss);
    }

    protected override async ValueTask StoppedAsync()
    {
        await base.StoppedAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Start_AfterAnAnswerTheCaseDidNotHearOf_TheCaseGoesOn()
    {
        await PublishAsync(new FlowBuilder("asking").Add("first", "Ecosystem.HumanTask", ("title", "First?"), ("roles", new[] { "approver" })).Build());
        var id = await StartAsync("asking");
        await AnswerAndLoseAsync(await OnlyTaskAsync(id));
        Assert.Equal(CaseStatus.Completed, (await CaseAsync(id)).Status);

        StartWorker();
        await ActivatorUtilities.CreateInstance<CaseCatchUp>(Services).StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal("Finished", (await Client.GetWorkflowHandle(id.Value).GetResultAsync<CaseEnd>()).Status);
        await ReplayAsync(id);
    }

    // The second task is stored and in the inbox; its case has yet to hear of it.
    [Fact]
    public async Task Answer_TaskThatTheCaseHasYetToHearOf_IsTaken()
    {
        await PublishAsync(new FlowBuilder("asking")
            .Add("first", "Ecosystem.HumanTask", ("title", "First?"), ("roles", new[] { "approver" }))
            .Add("second", "Ecosystem.HumanTask", ("title", "Second?"), ("roles", new[] { "approver" }))
            .Arrows("first->second").Build());
        var id = await StartAsync("asking");
        await AnswerAndLoseAsync(await OnlyTaskAsync(id));
        StartWorker();

        var second = await CompleteAsync(await OnlyTaskAsync(id), "Done", Approver);

        Assert.True(second.IsSuccess, second.Refusal?.Message);
        Assert.Equal(CaseStatus.Completed, (await CaseAsync(id)).Status);
        await ReplayAsync(id);
    }

    // What the case then hears under the number of the second answer is what became of the first.
    [Fact]
    public async Task Answer_WhileTheCaseHasYetToHearOfAnother_IsNotTakenForIt()
    {
        await PublishAsync(new FlowBuilder("asking")
            .Add("start", "Test.Note", ("text", "start"))
            .Add("first", "Ecosystem.HumanTask", ("title", "First?"), ("roles", new[] { "approver" }))
            .Add("second", "Ecosystem.HumanTask", ("title", "Second?"), ("roles", new[] { "approver" }))
            .Arrows("start->first", "start->second").Build());
        var id = await StartAsync("asking");
        var tasks = (await Tasks.FindAsync(new TaskQuery(CaseId: id), new PageRequest(), Ops)).Items;
        await AnswerAndLoseAsync(tasks[0]);
        StartWorker();

        var second = await CompleteAsync(tasks[1], "Done", Approver);

        Assert.True(second.IsSuccess, second.Refusal?.Message);
        Assert.Equal(TaskState.Completed, second.Value.State);
        Assert.Equal(CaseStatus.Completed, (await CaseAsync(id)).Status);
        await ReplayAsync(id);
    }

    private async Task AnswerAndLoseAsync(TaskView task)
    {
        loss.Arm();
        using var leaving = new CancellationTokenSource();
        var answering = Tasks.CompleteAsync(task.Id, "Done", null, null, Approver, leaving.Token);
        await loss.Committed.WaitAsync(TestContext.Current.CancellationToken);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => answering);
        var losing = LoseAllAsync();
        loss.Lose();
        await losing;
    }

    private sealed class LostAfterCommit : DbTransactionInterceptor
    {
        private readonly TaskCompletionSource committed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile bool armed;

        public Task Committed => committed.Task;

        public void Arm() => armed = true;

        public void Lose() => lost.SetException(new IOException("The worker is gone."));

        public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
            armed && ActivityExecutionContext.HasCurrent && committed.TrySetResult() ? lost.Task : Task.CompletedTask;
    }
}
