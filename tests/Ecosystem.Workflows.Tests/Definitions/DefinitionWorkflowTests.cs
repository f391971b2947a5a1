using System.Text.Json.Nodes;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Tasks;

namespace Ecosystem.Workflows.Tests.Definitions;

public sealed class DefinitionWorkflowTests : CaseTest
{
    private static FlowBuilder Approval() => new FlowBuilder("approval")
        .Input("amount", "Decimal")
        .Variable("doubled")
        .Add("stage", "Ecosystem.SetStage", ("stage", "Checking"))
        .Add("note", "Test.Note", ("text", "first"), ("number", "feel:amount"), ("@doubled", new JsonObject { ["typeName"] = "Object", ["memoryReference"] = new JsonObject { ["id"] = "doubled" } }))
        .Add("approve", "Ecosystem.HumanTask", ("taskType", "deal-approval"), ("title", "Approve the deal"), ("outcomes", new[] { "Approve", "Reject" }), ("roles", new[] { "approver" }), ("due", "48 business hours"))
        .Add("second", "Test.Note", ("text", "js:`approved ${getDoubled()}`"))
        .Add("won", "Ecosystem.WaitForEvent", ("events", new[] { "won", "lost" }), ("timeout", "P90D"), ("waitingFor", "partner"), ("what", "Close the deal"))
        .Add("paid", "Test.Note", ("text", "paid"))
        .Arrows("stage->note->approve", "approve.Approve->second->won", "won.won->paid");

    [Fact]
    public async Task Run_TaskThenEvent_EndsWithHistoryAndRecord()
    {
        await PublishAsync(Approval().Build());
        var id = await StartAsync("approval", new { amount = 4 });

        var record = await CaseAsync(id);
        Assert.Equal(CaseStatus.Running, record.Status);
        Assert.Equal("Checking", record.Stage);
        Assert.Equal("approver", record.WaitingForWho);
        Assert.Equal("Approve the deal", record.WaitingForWhat);
        Assert.Equal(new DateTimeOffset(2026, 1, 12, 17, 0, 0, TimeSpan.Zero), record.Due);

        var task = await OnlyTaskAsync(id);
        Assert.True((await CompleteAsync(task, "Approve", Approver)).IsSuccess);
        Assert.Equal(["first", "approved 8"], Get<TestSteps>().Done);
        Assert.Equal("partner", (await CaseAsync(id)).WaitingForWho);

        await TellAsync(id, "won", new { amount = 5 });
        record = await CaseAsync(id);
        Assert.Equal(CaseStatus.Completed, record.Status);
        Assert.Null(record.WaitingForWho);
        Assert.Equal(
            ["note Completed Done", "approve Waiting", "approve Completed Approve", "second Completed Done", "won Completed won", "paid Completed Done"],
            await HistoryAsync(id));
    }

    [Fact]
    public async Task Run_EventDoesNotCome_TimesOutOnTheDay()
    {
        await PublishAsync(Approval().Build());
        var id = await StartAsync("approval", new { amount = 4 });
        await CompleteAsync(await OnlyTaskAsync(id), "Approve", Approver);

        await AdvanceAsync(TimeSpan.FromDays(89));
        Assert.Equal(CaseStatus.Running, (await CaseAsync(id)).Status);

        await AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal(CaseStatus.Completed, (await CaseAsync(id)).Status);
        Assert.Equal("won Completed Timeout", (await HistoryAsync(id))[^1]);
    }

    [Fact]
    public async Task Complete_SecondTime_IsRefusedAndChangesNothing()
    {
        await PublishAsync(Approval().Build());
        var id = await StartAsync("approval", new { amount = 4 });
        var task = await OnlyTaskAsync(id);

        var both = await Task.WhenAll(CompleteAsync(task, "Approve", Approver), CompleteAsync(task, "Reject", SecondApprover));

        Assert.Single(both, result => result.IsSuccess);
        Assert.Equal("task.not-open", Assert.Single(both, result => !result.IsSuccess).Refusal!.Code);
        Assert.Single(await HistoryAsync(id), line => line.StartsWith("approve Completed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Complete_ByWhomeverCreatedTheSubject_IsRefused()
    {
        await PublishAsync(Approval().Build());
        var id = await StartAsync("approval", new { amount = 4 });
        await Storage.WriteAsync((db, _) =>
        {
            Get<SegregationOfDuties>().Record(db, new Subject("deal", "deal-1"), Duty.Create, Approver, Now);
            return Task.CompletedTask;
        });

        var result = await CompleteAsync(await OnlyTaskAsync(id), "Approve", Approver);

        Assert.Equal("duties.same-person", result.Refusal!.Code);
        Assert.Equal(TaskState.Open, (await OnlyTaskAsync(id)).State);
    }

    [Fact]
    public async Task Event_BeforeAnybodyWaits_IsKeptAndCountsOnce()
    {
        await PublishAsync(Approval().Build());
        var id = await StartAsync("approval", new { amount = 4 });
        await TellAsync(id, "won");

        await CompleteAsync(await OnlyTaskAsync(id), "Approve", Approver);

        Assert.Equal(CaseStatus.Completed, (await CaseAsync(id)).Status);
    }

    [Fact]
    public async Task Step_KeepsFailing_BecomesAnIncidentThatCanBeRetried()
    {
        await PublishAsync(Approval().Build());
        Get<TestSteps>().Fault = text => text == "first" ? new InvalidOperationException("The ledger is closed.") : null;
        var id = await StartAsync("approval", new { amount = 4 });
        var record = await CaseAsync(id);
        Assert.Equal(CaseStatus.Incident, record.Status);
        Assert.Contains("note Faulted", await HistoryAsync(id));

        Get<TestSteps>().Fault = _ => null;
        var decided = await Get<CaseCommands>().DecideIncidentAsync(id, "note", "Retry", null, null, "Opened again.", Ops, TestContext.Current.CancellationToken);
        await SettleAsync();

        Assert.True(decided.IsSuccess, decided.Refusal?.Message);
        Assert.Equal(CaseStatus.Running, (await CaseAsync(id)).Status);
        Assert.Equal("approve", (await OnlyTaskAsync(id)).StepId);
        Assert.Equal(["first"], Get<TestSteps>().Done);
    }

    [Fact]
    public async Task Run_LongStepAndDelay_GoOnAfterwards()
    {
        await PublishAsync(new FlowBuilder("slow")
            .Add("slow", "Test.Slow", ("text", "a"))
            .Add("wait", "Elsa.Delay", ("timeSpan", "1.00:00:00"))
            .Add("note", "Test.Note", ("text", "b"))
            .Arrows("slow->wait->note").Build());
        var id = await StartAsync("slow");
        Assert.Equal(["slow a"], Get<TestSteps>().Done);

        await AdvanceAsync(TimeSpan.FromDays(1));

        Assert.Equal(["slow a", "b"], Get<TestSteps>().Done);
        Assert.Equal(CaseStatus.Completed, (await CaseAsync(id)).Status);
    }

    [Fact]
    public async Task Run_ChildDefinition_WaitsForIt()
    {
        await PublishAsync(new FlowBuilder("child").Output("Answer").Input("Question")
            .Add("wait", "Elsa.Delay", ("timeSpan", "00:10:00"))
            .Add("out", "Elsa.SetOutput", ("outputName", "Answer"), ("outputValue", "js:getQuestion() + '!'"))
            .Arrows("wait->out").Build());
        await PublishAsync(new FlowBuilder("parent").Variable("result")
            .Add("call", "Elsa.DispatchWorkflow", ("workflowDefinitionId", "child"), ("waitForCompletion", true), ("input", "js:({ Question: 'Why' })"), ("@result", new JsonObject { ["typeName"] = "Object", ["memoryReference"] = new JsonObject { ["id"] = "result" } }))
            .Add("note", "Test.Note", ("text", "js:getResult().Answer"))
            .Arrows("call->note").Build());
        var id = await StartAsync("parent");
        var child = new CaseId(id.Value + ".1");
        await UntilAsync(async () => (await Cases.GetAsync(child, Ops))?.Status == CaseStatus.Running);

        await AdvanceAsync(TimeSpan.FromMinutes(10));
        await UntilAsync(async () => (await CaseAsync(id)).Status == CaseStatus.Completed);

        Assert.Equal(["Why!"], Get<TestSteps>().Done);
    }

    [Fact]
    public async Task Cancel_OpenTask_IsClosed()
    {
        await PublishAsync(Approval().Build());
        var id = await StartAsync("approval", new { amount = 4 });
        var task = await OnlyTaskAsync(id);

        await Get<CaseCommands>().CancelAsync(id, "A mistake.", Ops, TestContext.Current.CancellationToken);
        await SettleAsync();

        Assert.Equal(CaseStatus.Cancelled, (await CaseAsync(id)).Status);
        Assert.Equal(TaskState.Cancelled, (await Tasks.GetAsync(task.Id, Ops))!.State);
    }

    [Fact]
    public async Task Replay_HistoryOfARun_IsDeterministic()
    {
        await PublishAsync(Approval().Build());
        var id = await StartAsync("approval", new { amount = 4 });
        await CompleteAsync(await OnlyTaskAsync(id), "Approve", Approver);
        await TellAsync(id, "won");

        var history = await ReplayAsync(id);

        Assert.True(history.Events.Count < 40, $"{history.Events.Count} events");
    }

    [Fact]
    public async Task Run_WorkerRestartsBetween_NothingIsDoneTwice()
    {
        await PublishAsync(Approval().Build());
        var id = await StartAsync("approval", new { amount = 4 });
        await StopWorkerAsync();
        StartWorker();

        await CompleteAsync(await OnlyTaskAsync(id), "Approve", Approver);
        await TellAsync(id, "won");

        Assert.Equal(["first", "approved 8", "paid"], Get<TestSteps>().Done);
        Assert.Equal(CaseStatus.Completed, (await CaseAsync(id)).Status);
    }
}
