using System.Text.Json.Nodes;
using Ecosystem.Workflows.Definitions;

namespace Ecosystem.Workflows.Tests.Definitions;

/// <summary>When an activity of a flowchart runs that several arrows lead to: merge modes, join activities, loops.</summary>
public sealed class JoinTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Stream_BranchMayYetArrive_IsWaitedForAndRunsOnce() =>
        Expect("A,B,C,J", Flow().Line("A").Line("B").Line("C").Line("J").Arrows("A->B->C->J", "A->J"));

    [Theory]
    [InlineData(true, "A,T,J")]
    [InlineData(false, "A,F,J")]
    public void Stream_BranchNotTaken_IsNotWaitedFor(bool condition, string expected) =>
        Expect(expected, Flow().Line("A").Decide("d", condition).Line("T").Line("F").Line("J").Arrows("A->d", "d.True->T->J", "d.False->F->J"));

    [Fact]
    public void Stream_WholeBranchesNotTaken_ArePassedByUpToTheJoin() =>
        Expect("A,X,J,E", Flow().Line("A").Decide("d", false).Line("T").Line("T1").Line("T2").Line("K").Line("X").Line("J").Line("E")
            .Arrows("A->d", "d.True->T", "T->T1->K", "T->T2->K", "K->J", "A->X->J", "J->E"));

    [Fact]
    public void Stream_SlowBranch_IsWaitedForWhateverLiesBetween()
    {
        var (engine, run) = Run(Flow().Line("S").Line("A").Add("slow", "Elsa.Delay", ("timeSpan", "01:00:00")).Line("B").Line("J").Arrows("S->A->J", "S->slow->B->J"));

        Assert.Equal(["S", "A", "B", "J"], run.Lines);
        Assert.Equal(ProcessStatus.Finished, engine.Status);
    }

    [Fact]
    public void Stream_ReachedAfterALoopCameRound_RunsThoughItsOtherArrowWasPassedInTheRoundBefore()
    {
        // Route leads straight to the end or through a check that may be repeated; the straight way was passed by once, the check twice.
        var flow = Flow().Variable("n", "Int32", 0).Line("S").Decide("route", false).Add("check", "Elsa.SetVariable", ("@variable", new JsonObject { ["id"] = "n" }), ("value", "feel:n + 1"))
            .Add("again", "Elsa.FlowDecision", ("condition", "feel:n < 3")).Line("J").Line("E")
            .Arrows("S->route", "route.True->J", "route.False->check->again", "again.True->check", "again.False->J->E");

        Expect("S,J,E", flow);
    }

    [Fact]
    public void Stream_AfterALoop_StillWaitsForWhatIsUnderWay()
    {
        var flow = Flow().Variable("n", "Int32", 0).Line("S").Decide("route", false).Add("check", "Elsa.SetVariable", ("@variable", new JsonObject { ["id"] = "n" }), ("value", "feel:n + 1"))
            .Add("again", "Elsa.FlowDecision", ("condition", "feel:n < 3")).Add("slow", "Elsa.Delay", ("timeSpan", "01:00:00")).Line("L").Line("J")
            .Arrows("S->route", "S->slow->L->J", "route.True->J", "route.False->check->again", "again.True->check", "again.False->J");

        Expect("S,L,J", flow);
    }

    [Theory]
    [InlineData("Merge", true, "S,A,B,J", "Finished")]
    [InlineData("Merge", false, "S,A", "Running")]
    [InlineData("Converge", true, "S,A,B,J", "Finished")]
    [InlineData("Converge", false, "S,A", "Running")]
    [InlineData("Stream", false, "S,A,J", "Finished")]
    [InlineData("None", false, "S,A,J", "Finished")]
    [InlineData("Race", true, "S,A,J,B", "Finished")]
    [InlineData("Cascade", true, "S,A,J,B,J", "Finished")]
    public void MergeMode_ForkWithADecision_RunsTheTargetAsTheModeSays(string mode, bool condition, string lines, string status)
    {
        var (engine, run) = Run(Flow().Line("S").Line("A").Decide("d", condition).Line("B").Add("J", "Elsa.WriteLine", ("text", "J"), ("mergeMode", mode))
            .Arrows("S->A->J", "S->d", "d.True->B->J"));

        // First in, first out: S; then A and d; then J where A alone is enough, and B, which was under way and still runs.
        Assert.Equal(lines, string.Join(',', run.Lines));
        Assert.Equal(status, engine.Status.ToString());
    }

    [Theory]
    [InlineData("WaitAll", true, "A,B,C,J,Z")]
    [InlineData("WaitAll", false, "A,B,C,N,Z")]
    [InlineData("WaitAllActive", true, "A,B,C,J,Z")]
    [InlineData("WaitAllActive", false, "A,B,C,N,J,Z")]
    [InlineData("WaitAny", true, "A,B,C,J,Z")]
    [InlineData("WaitAny", false, "A,B,C,N,J,Z")]
    public void FlowJoin_ThreeBranchesOneDecided_GoesOnAsItsModeSays(string mode, bool condition, string expected) =>
        Expect(expected, Flow().Add("s", "Elsa.Start").Line("A").Line("B").Line("C").Decide("d", condition).Line("N").Add("join", "Elsa.FlowJoin", ("mode", mode)).Line("J").Line("Z")
            .Arrows("s->A->d", "d.True->join", "s->B->join", "s->C->join", "d.False->N->Z", "join->J->Z"));

    [Theory]
    [InlineData("WaitAll")]
    [InlineData("WaitAllActive")]
    [InlineData("WaitAny")]
    public void FlowJoin_InALoop_JoinsEveryRound(string mode) =>
        Expect("A,B,C,A,B,C,A,B,C,E", Flow().Variable("n", "Int32", 0)
            .Add("s", "Elsa.Start").Line("A").Line("B").Line("C").Add("join", "Elsa.FlowJoin", ("mode", mode))
            .Add("count", "Elsa.SetVariable", ("@variable", new JsonObject { ["id"] = "n" }), ("value", "js:getN() + 1"))
            .Add("more", "Elsa.FlowDecision", ("condition", "js:getN() < 3")).Line("E")
            .Arrows("s->A", "A->B->join", "A->C->join", "join->count->more", "more.True->A", "more.False->E"));

    [Fact]
    public void Loop_ThatJoinsWithWhatCameBefore_TakesTheForwardWayAgain() =>
        Expect("A,B,A,B,E", Flow().Variable("n", "Int32", 0)
            .Line("A").Add("count", "Elsa.SetVariable", ("@variable", new JsonObject { ["id"] = "n" }), ("value", "js:getN() + 1")).Line("B")
            .Add("more", "Elsa.FlowDecision", ("condition", "js:getN() < 2")).Line("E")
            .Arrows("A->B->more", "A->count->more", "more.True->A", "more.False->E"));

    [Fact]
    public void ReturnIntoAFork_IsNoLoop_FaultsAndIsRefused()
    {
        var flow = Flow().Line("A").Line("B").Line("C").Line("D").Arrows("A->B->D", "A->C->D", "D->B");

        var (engine, run) = Run(flow);
        var plan = ProcessPlan.Read(flow.Build());

        Assert.Equal(["A", "B", "C", "D"], run.Lines);
        Assert.Equal(ProcessStatus.Faulted, engine.Status);
        Assert.Contains(DefinitionChecker.Check(plan, new PlanCatalog([plan]), StepCatalog.Shipped), found => found is { Code: "definition.not-a-loop", Activity: "D", Severity: "error" });
    }

    [Fact]
    public void Race_SlowerBranchWaits_IsCalledOffAndWhatFollowsItPassedBy()
    {
        var (engine, run) = Run(Flow().Line("S")
            .Add("short", "Elsa.Delay", ("timeSpan", "00:01:00")).Add("long", "Elsa.Delay", ("timeSpan", "01:00:00")).Line("afterLong")
            .Add("J", "Elsa.WriteLine", ("text", "J"), ("mergeMode", "Race")).Line("E").Line("Z")
            .Arrows("S->short->J", "S->long->J", "long->afterLong->Z", "J->E->Z"));

        Assert.Equal(["S", "J", "E", "Z"], run.Lines);
        Assert.Equal(ProcessStatus.Finished, engine.Status);
        Assert.Equal(TimeSpan.FromMinutes(1), run.Now - Start);
        Assert.Contains(engine.Journal, entry => entry is { ActivityId: "long", Status: "Canceled" });
    }

    [Fact]
    public void Race_TargetStillWaiting_SecondArrivalIsTooLate()
    {
        var (engine, _) = Run(Flow().Add("s", "Elsa.Start").Line("A").Line("B").Add("wait", "Elsa.Delay", ("timeSpan", "00:01:00"), ("mergeMode", "Race")).Arrows("s->A->wait", "s->B->wait"));

        Assert.Single(engine.Journal, entry => entry is { ActivityId: "wait", Status: "Completed" });
    }

    [Fact]
    public void WaitAny_ReachedAgainThroughALoop_MayBeReachedAlongItsOtherArrow()
    {
        var flow = Flow().Variable("n", "Int32", 0).Line("Start")
            .Add("first", "Elsa.FlowDecision", ("condition", "js:getN() === 0")).Add("second", "Elsa.FlowDecision", ("condition", "js:getN() === 2")).Line("A").Line("B")
            .Add("join", "Elsa.FlowJoin").Line("Body").Add("count", "Elsa.SetVariable", ("@variable", new JsonObject { ["id"] = "n" }), ("value", "js:getN() + 1"))
            .Add("again", "Elsa.FlowDecision", ("condition", "js:getN() <= 1")).Line("Retry").Line("End")
            .Arrows("Start->first", "first.True->A->join", "first.False->second", "second.True->B->join", "second.False->End", "join->Body->count->again", "again.True->Retry->join", "again.False->first");

        Expect("Start,A,Body,Retry,Body,B,Body,End", flow);
    }

    [Fact]
    public void WaitAny_InALoopOfWaits_OpensTheWaitsAnew()
    {
        var (engine, run) = Run(Flow().Variable("n", "Int32", 0).Line("Start").Add("check", "Elsa.FlowDecision", ("condition", "js:getN() >= 2"))
            .Add("pay", "Elsa.Delay", ("timeSpan", "10:00:00")).Add("remind", "Elsa.Delay", ("timeSpan", "01:00:00")).Add("join", "Elsa.FlowJoin")
            .Add("count", "Elsa.SetVariable", ("@variable", new JsonObject { ["id"] = "n" }), ("value", "js:getN() + 1")).Line("End")
            .Arrows("Start->check", "check.False->pay->join", "check.False->remind->join", "join->count->check", "check.True->End"));

        Assert.Equal(["Start", "End"], run.Lines);
        Assert.Equal(ProcessStatus.Finished, engine.Status);
        Assert.Equal(TimeSpan.FromHours(2), run.Now - Start);
        Assert.Equal(2, engine.Journal.Count(entry => entry is { ActivityId: "pay", Status: "Canceled" }));
    }

    [Fact]
    public void WaitAllInbound_OneWayNotTaken_Blocks()
    {
        // A mode of Elsa 3.6 while it was made; definitions saved then still carry it.
        var (engine, run) = Run(Flow().Decide("d", false).Add("join", "Elsa.FlowJoin", ("mode", "WaitAllInbound")).Line("E").Arrows("d.True->join", "d.False->join", "join->E"));

        Assert.Empty(run.Lines);
        Assert.Equal(ProcessStatus.Running, engine.Status);
    }

    [Fact]
    public void WaitAll_OneBranchFaults_NeverJoins()
    {
        var (engine, run) = Run(Flow().Line("A").Line("B").Line("C").Line("D").Line("E").Line("F").Decide("d", false).Add("fault", "Elsa.Fault", ("message", "went south")).Add("join", "Elsa.FlowJoin", ("mode", "WaitAll"))
            .Arrows("A->C", "A->B", "A->D", "d.True->E", "D->d", "d.False->fault", "B->join", "join->F", "C->join", "E->join"));

        Assert.Equal(["A", "C", "B", "D"], run.Lines);
        Assert.Equal(ProcessStatus.Faulted, engine.Status);
    }

    [Fact]
    public void Converge_WithALoop_NeverRunsAndIsRefused()
    {
        var flow = Flow().Line("A").Add("J", "Elsa.WriteLine", ("text", "J"), ("mergeMode", "Converge")).Decide("d", false).Line("E").Arrows("A->J->d", "d.True->J", "d.False->E");
        var plan = ProcessPlan.Read(flow.Build());

        var (engine, _) = Run(flow);

        Assert.Equal(ProcessStatus.Running, engine.Status);
        Assert.Contains(DefinitionChecker.Check(plan, new PlanCatalog([plan]), StepCatalog.Shipped), found => found is { Code: "definition.join-never-fires", Activity: "J" });
    }

    private static FlowBuilder Flow() => new("flow");

    private static void Expect(string lines, FlowBuilder flow)
    {
        var (engine, run) = Run(flow);

        Assert.Equal(lines, string.Join(',', run.Lines));
        Assert.Equal(ProcessStatus.Finished, engine.Status);
    }

    private static (ProcessEngine Engine, HeadlessRun Run) Run(FlowBuilder flow)
    {
        var plan = ProcessPlan.Read(flow.Build());
        var run = new HeadlessRun(new PlanCatalog([plan]), StepCatalog.Shipped, new HeadlessAnswers(null), Start);
        return (run.Execute(plan, new Dictionary<string, object?>()), run);
    }
}
