using System.Text.Json.Nodes;
using Ecosystem.Workflows.Definitions;

namespace Ecosystem.Workflows.Tests.Definitions;

/// <summary>Incidents, undoing, limits of steps, what must hold at the end, long cases.</summary>
public sealed class CaseRobustnessTests : CaseTest
{
    private static FlowBuilder Reserving() => new FlowBuilder("reserving")
        .Add("one", "Test.Reserve", ("text", "one")).Add("two", "Test.Reserve", ("text", "two"))
        .Add("ask", "Ecosystem.HumanTask", ("title", "Go on?"), ("roles", new[] { "approver" }))
        .Add("three", "Test.Reserve", ("text", "three"))
        .Arrows("one->two->ask->three");

    [Fact]
    public async Task Cancel_StepsWithAnUndo_AreUndoneLastFirst()
    {
        await PublishAsync(Reserving().Build());
        var id = await StartAsync("reserving");

        await CancelAsync(id);

        Assert.Equal(["reserve one", "reserve two", "release two, reservation of two", "release one, reservation of one"], Get<TestSteps>().Done);
        Assert.Equal(CaseStatus.Cancelled, (await CaseAsync(id)).Status);
        Assert.Equal(["ask Canceled", "two Undone", "one Undone"], (await HistoryAsync(id)).Where(line => !line.Contains("Completed", StringComparison.Ordinal) && !line.Contains("Waiting", StringComparison.Ordinal)));
        await ReplayAsync(id);
    }

    [Theory]
    [InlineData("Retry", "release two, reservation of two")]
    [InlineData("Skip", "release one, reservation of one")]
    public async Task Cancel_UndoKeepsFailing_BecomesAnIncidentThatIsDecided(string decision, string next)
    {
        await PublishAsync(Reserving().Build());
        Get<TestSteps>().Fault = text => text == "release two" ? new InvalidOperationException("Locked.") : null;
        var id = await StartAsync("reserving");
        await CancelAsync(id);
        await UntilAsync(async () => (await CaseAsync(id)).Status == CaseStatus.Incident);
        Get<TestSteps>().Fault = _ => null;

        var decided = await Get<CaseCommands>().DecideIncidentAsync(id, "two", decision, null, null, null, Ops, TestContext.Current.CancellationToken);
        await UntilAsync(async () => (await CaseAsync(id)).Status == CaseStatus.Cancelled);

        Assert.True(decided.IsSuccess, decided.Refusal?.Message);
        Assert.Equal(next, Get<TestSteps>().Done.ElementAt(2));
        Assert.Equal("release one, reservation of one", Get<TestSteps>().Done.Last());
        await ReplayAsync(id);
    }

    [Theory]
    [InlineData("Skip", "Completed")]
    [InlineData("Answer", "Completed")]
    [InlineData("Cancel", "Cancelled")]
    public async Task Incident_Decided_GoesOnAsDecided(string decision, string status)
    {
        await PublishAsync(new FlowBuilder("failing").Add("note", "Test.Note", ("text", "first")).Add("big", "Test.Note", ("text", "big")).Add("done", "Test.Note", ("text", "done"))
            .Arrows("note.Big->big", "note->done").Build());
        Get<TestSteps>().Fault = text => text == "first" ? new InvalidOperationException("The ledger is closed.") : null;
        var id = await StartAsync("failing");
        await UntilAsync(async () => (await CaseAsync(id)).Status == CaseStatus.Incident);
        Assert.Equal("ops", (await CaseAsync(id)).WaitingForWho);

        var decided = await Get<CaseCommands>().DecideIncidentAsync(
            id, "note", decision, decision == "Answer" ? "Big" : null, decision == "Answer" ? new JsonObject { ["doubled"] = 5 } : null, "Seen to.", Ops, TestContext.Current.CancellationToken);
        await SettleAsync();

        Assert.True(decided.IsSuccess, decided.Refusal?.Message);
        Assert.Equal(status, (await CaseAsync(id)).Status.ToString());
        Assert.Equal(decision switch { "Skip" => ["done"], "Answer" => ["big"], _ => Array.Empty<string>() }, Get<TestSteps>().Done);
        await ReplayAsync(id);
    }

    [Fact]
    public async Task Step_LimitsSetInTheDesigner_AreKept()
    {
        await PublishAsync(new FlowBuilder("slow").Add("hang", "Test.Hang", ("text", "x"), ("maxAttempts", 1), ("stepTimeout", "00:00:01")).Build());
        var id = await StartAsync("slow");

        await UntilAsync(async () => (await CaseAsync(id)).Status == CaseStatus.Incident);

        Assert.Equal(["hang x"], Get<TestSteps>().Done);
        Assert.Contains("1 seconds", (await Cases.HistoryAsync(id))[^1].NoteText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Retry")]
    [InlineData("Skip")]
    public async Task PostCondition_DoesNotHold_IsAnIncidentAtTheEnd(string decision)
    {
        var document = new FlowBuilder("promising").Variable("settled", "Boolean", false).Add("note", "Test.Note", ("text", "a")).Build();
        document.Json["customProperties"] = JsonNode.Parse("""{"postCondition":{"type":"FEEL","value":"settled","text":"The partner is settled."}}""");
        await PublishAsync(DefinitionDocument.From(document.Json));
        var id = await StartAsync("promising");
        Assert.Equal(CaseStatus.Incident, (await CaseAsync(id)).Status);
        Assert.Contains("The partner is settled.", (await Cases.HistoryAsync(id))[^1].NoteText, StringComparison.Ordinal);

        await Get<CaseCommands>().DecideIncidentAsync(id, "Flowchart1", decision, null, null, "Checked by hand.", Ops, TestContext.Current.CancellationToken);
        await SettleAsync();

        Assert.Equal(decision == "Skip" ? CaseStatus.Completed : CaseStatus.Incident, (await CaseAsync(id)).Status);
        await ReplayAsync(id);
    }

    [Fact]
    public async Task Script_ThatNeverEnds_IsAnIncidentAndTheCaseGoesOn()
    {
        await PublishAsync(new FlowBuilder("endless").Add("bad", "Elsa.SetVariable", ("@variable", new JsonObject { ["id"] = "x" }), ("value", "js:while (true) {}")).Variable("x")
            .Add("note", "Test.Note", ("text", "after")).Arrows("bad->note").Build());
        var id = await StartAsync("endless");
        Assert.Equal(CaseStatus.Incident, (await CaseAsync(id)).Status);

        await Get<CaseCommands>().DecideIncidentAsync(id, "bad", "Skip", null, null, null, Ops, TestContext.Current.CancellationToken);
        await SettleAsync();

        Assert.Equal(["after"], Get<TestSteps>().Done);
    }

    [Fact]
    public async Task Race_LongChildLoses_IsCancelled()
    {
        await PublishAsync(new FlowBuilder("long").Add("wait", "Elsa.Delay", ("timeSpan", "9.00:00:00")).Build());
        await PublishAsync(new FlowBuilder("racing").Add("s", "Elsa.Start")
            .Add("child", "Elsa.DispatchWorkflow", ("workflowDefinitionId", "long"), ("waitForCompletion", true)).Add("delay", "Elsa.Delay", ("timeSpan", "00:01:00"))
            .Add("won", "Test.Note", ("text", "won"), ("mergeMode", "Race")).Arrows("s->child->won", "s->delay->won").Build());
        var id = await StartAsync("racing");
        var child = new CaseId(id.Value + ".1");
        await UntilAsync(async () => (await Cases.GetAsync(child, Ops))?.Status == CaseStatus.Running);

        await AdvanceAsync(TimeSpan.FromMinutes(1));
        await UntilAsync(async () => (await Cases.GetAsync(child, Ops))!.Status == CaseStatus.Cancelled);

        Assert.Equal(CaseStatus.Completed, (await CaseAsync(id)).Status);
        await ReplayAsync(id);
    }

    [Fact]
    public async Task LongCase_ContinuesAsNew_WithoutLosingAnything()
    {
        await PublishAsync(new FlowBuilder("counting").Variable("n", "Int32", 0)
            .Add("wait", "Ecosystem.WaitForEvent", ("events", new[] { "tick" }))
            .Add("count", "Elsa.SetVariable", ("@variable", new JsonObject { ["id"] = "n" }), ("value", "feel:n + 1"))
            .Add("more", "Elsa.FlowDecision", ("condition", "feel:n < 1100")).Add("note", "Test.Note", ("text", "js:`${getN()}`"))
            .Arrows("wait.tick->count->more", "more.True->wait", "more.False->note").Build());
        var id = await StartAsync("counting");
        var first = (await Client.GetWorkflowHandle(id.Value).DescribeAsync()).RunId;
        for (var i = 0; i < 1100; i++)
        {
            await Client.GetWorkflowHandle(id.Value).SignalAsync(CaseEvent.Signal, [new CaseEvent($"e{i}", "tick", null)]);
            if (i % 100 == 99)
            {
                // The service starts a run that continues another only a second after that one began.
                await SettleAsync();
                await AdvanceAsync(TimeSpan.FromSeconds(1));
            }
        }

        await UntilAsync(async () => (await CaseAsync(id)).Status == CaseStatus.Completed);

        Assert.Equal(["1100"], Get<TestSteps>().Done);
        Assert.NotEqual(first, (await Client.GetWorkflowHandle(id.Value).DescribeAsync()).RunId);
    }

    private async Task CancelAsync(CaseId id)
    {
        var cancelled = await Get<CaseCommands>().CancelAsync(id, "A mistake.", Ops, TestContext.Current.CancellationToken);
        Assert.True(cancelled.IsSuccess, cancelled.Refusal?.Message);
        await SettleAsync();
    }
}
