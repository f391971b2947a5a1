using System.Text.Json.Nodes;
using Ecosystem.Workflows.Definitions;

namespace Ecosystem.Workflows.Tests.Definitions;

/// <summary>The semantics of flowcharts, containers and expressions, run headless.</summary>
public sealed class FlowTests
{
    private static readonly string[] AB = ["A", "B"];

    [Fact]
    public void Race_FirstArrival_CancelsWhatWaits()
    {
        var (engine, run) = Run(Flow().Line("S")
            .Add("short", "Elsa.Delay", ("timeSpan", "00:01:00")).Add("long", "Elsa.Delay", ("timeSpan", "01:00:00"))
            .Add("J", "Elsa.FlowJoin", ("mode", "WaitAny")).Line("E").Arrows("S->short->J", "S->long->J", "J->E"));

        Assert.Equal(["S", "E"], run.Lines);
        Assert.Equal(ProcessStatus.Finished, engine.Status);
        Assert.Equal(TimeSpan.FromMinutes(1), run.Now - Start);
        Assert.Contains(engine.Journal, entry => entry is { ActivityId: "long", Status: "Canceled" });
    }

    [Fact]
    public void Loop_BackToADecision_RunsUntilItHolds()
    {
        var lines = Lines(Flow().Variable("n", "Int32", 0)
            .Add("inc", "Elsa.SetVariable", ("@variable", new JsonObject { ["id"] = "n", ["name"] = "n" }), ("value", "js:getN() + 1"))
            .Add("say", "Elsa.WriteLine", ("text", "js:`${variables.n}`"))
            .Add("more", "Elsa.FlowDecision", ("condition", "feel:n < 3")).Line("end")
            .Arrows("inc->say->more", "more.True->inc", "more.False->end"));

        Assert.Equal(["1", "2", "3", "end"], lines);
    }

    [Theory]
    [InlineData("MatchFirst", "one")]
    [InlineData("MatchAny", "one,two")]
    [InlineData("None", "default")]
    public void FlowSwitch_Modes_ChooseTheCasesThatHold(string mode, string expected)
    {
        var holds = mode != "None";
        var cases = new JsonArray([.. new[] { "1", "2" }.Select(label => new JsonObject { ["label"] = label, ["condition"] = new JsonObject { ["type"] = "JavaScript", ["value"] = holds ? "true" : "false" } })]);
        var lines = Lines(Flow().Add("s", "Elsa.FlowSwitch", ("mode", mode), ("@cases", cases)).Line("one").Line("two").Line("default").Arrows("s.1->one", "s.2->two", "s.Default->default"));

        Assert.Equal(expected.Split(','), lines);
    }

    [Theory]
    [InlineData("Elsa.ForEach")]
    [InlineData("Elsa.ForEach<String>")]
    [InlineData("Elsa.ParallelForEach")]
    public void ForEach_Items_GivesEachItsValue(string type)
    {
        var body = FlowBuilder.Activity("body", "Elsa.WriteLine", ("text", "js:getCurrentIndex() + getCurrentValue()"));
        var lines = Lines(Flow().Add("each", type, ("items", "js:['x', 'y']"), ("@body", body)).Line("E").Arrows("each->E"));

        Assert.Equal(["0x", "1y", "E"], lines);
    }

    [Fact]
    public void For_WithBreakInside_LeavesTheLoopOnly()
    {
        var inner = new JsonObject
        {
            ["id"] = "seq",
            ["type"] = "Elsa.Sequence",
            ["version"] = 1,
            ["activities"] = new JsonArray(
                FlowBuilder.Activity("say", "Elsa.WriteLine", ("text", "js:`${getCurrentValue()}`")),
                FlowBuilder.Activity("if", "Elsa.If", ("condition", "js:getCurrentValue() === 2"), ("@then", FlowBuilder.Activity("break", "Elsa.Break"))),
                FlowBuilder.Activity("after", "Elsa.WriteLine", ("text", "after"))),
        };
        var lines = Lines(Flow().Add("for", "Elsa.For", ("start", 1), ("end", 9), ("@body", inner)).Line("E").Arrows("for->E"));

        Assert.Equal(["1", "after", "2", "E"], lines);
    }

    [Theory]
    [InlineData(1, 3, 1, true, "1,2,3")]
    [InlineData(1, 3, 1, false, "1,2")]
    [InlineData(3, 1, -1, true, "3,2,1")]
    [InlineData(3, 1, -1, false, "3,2")]
    [InlineData(3, 1, 1, true, "")]
    [InlineData(1, 3, -1, true, "")]
    [InlineData(0, 5, 2, true, "0,2,4")]
    [InlineData(2, 2, 1, true, "2")]
    [InlineData(2, 2, 1, false, "")]
    public void For_FromTo_CountsTheWayTheStepSays(int start, int end, int step, bool inclusive, string expected)
    {
        var body = FlowBuilder.Activity("line", "Elsa.WriteLine", ("text", "js:getCurrentValue()"));

        var lines = Lines(Flow().Add("for", "Elsa.For", ("start", start), ("end", end), ("step", step), ("outerBoundInclusive", inclusive), ("@body", body)));

        Assert.Equal(expected, string.Join(',', lines));
    }

    [Fact]
    public void While_ConditionHolds_Repeats()
    {
        var body = FlowBuilder.Activity("inc", "Elsa.SetVariable", ("@variable", new JsonObject { ["id"] = "n" }), ("value", "feel:n + 1"));
        var (engine, _) = Run(Flow().Variable("n", "Int32", 0).Add("while", "Elsa.While", ("condition", "feel:n < 5"), ("@body", body)));

        Assert.Equal(5m, ProcessEngine.FindSlot(engine.Top, "n")!.Value);
    }

    [Theory]
    [InlineData("WaitAll", "A,B,E")]
    [InlineData("WaitAny", "A,E")]
    public void Fork_JoinMode_WaitsForAllOrTheFirst(string mode, string expected)
    {
        var branches = new JsonArray([.. AB.Select((name, index) => new JsonObject
        {
            ["id"] = "seq" + name,
            ["type"] = "Elsa.Sequence",
            ["version"] = 1,
            ["activities"] = new JsonArray(
                FlowBuilder.Activity("wait" + name, "Elsa.Delay", ("timeSpan", $"00:0{index + 1}:00")),
                FlowBuilder.Activity("say" + name, "Elsa.WriteLine", ("text", name))),
        })]);
        var lines = Lines(Flow().Add("fork", "Elsa.Fork", ("@joinMode", mode), ("@branches", branches)).Line("E").Arrows("fork->E"));

        Assert.Equal(expected.Split(','), lines);
    }

    [Fact]
    public void Complete_WithOutcomes_EndsTheProcessWithThem()
    {
        var (engine, run) = Run(Flow().Line("A").Add("c", "Elsa.Complete", ("outcomes", AB)).Line("never").Arrows("A->c->never"));

        Assert.Equal(AB, engine.Outcomes);
        Assert.Equal(["A"], run.Lines);
    }

    [Fact]
    public void Fault_WithoutHandler_FaultsAndWhatIsScheduledStillRuns()
    {
        var (engine, run) = Run(Flow().Add("s", "Elsa.Start").Add("f", "Elsa.Fault", ("message", "went south")).Line("B").Arrows("s->f", "s->B"));

        Assert.Equal(ProcessStatus.Faulted, engine.Status);
        Assert.Equal("went south", Assert.Single(engine.Incidents).Message);
        Assert.Equal(["B"], run.Lines);
    }

    [Fact]
    public void Fault_OutcomeConnected_IsCaught()
    {
        var (engine, run) = Run(Flow().Add("bad", "Elsa.WriteLine", ("text", "js:throw new Error('no')")).Line("caught").Arrows("bad.Fault->caught"));

        Assert.Equal(ProcessStatus.Finished, engine.Status);
        Assert.Equal(["caught"], run.Lines);
    }

    [Theory]
    [InlineData("js:while (true) {}")]
    [InlineData("js:(function f() { f(); })()")]
    [InlineData("js:let s = 'x'; while (true) { s += s; }")]
    public void Script_ThatNeverEnds_IsStoppedAndNamed(string script)
    {
        var (engine, _) = Run(Flow().Add("bad", "Elsa.WriteLine", ("text", script)));

        Assert.Equal("bad", Assert.Single(engine.Incidents).ActivityId);
    }

    [Fact]
    public void Script_ClockAndRandom_AreTheProcesses()
    {
        var flow = Flow().Add("say", "Elsa.WriteLine", ("text", "js:new Date().toISOString() + ' ' + Math.random() + ' ' + newGuid()"));

        var once = Assert.Single(Lines(flow));

        Assert.StartsWith("2026-01-05T09:00:00.000Z ", once, StringComparison.Ordinal);
        Assert.Equal(once, Assert.Single(Lines(flow)));
    }

    [Fact]
    public void Script_ChangesAListInPlace_IsKept()
    {
        var lines = Lines(Flow().Variable("list", "Object", AB)
            .Add("push", "Elsa.RunJavaScript", ("script", "variables.list.push('C'); getList().length"))
            .Add("say", "Elsa.WriteLine", ("text", "liquid:{% for item in Variables.list %}{{ item }}{% endfor %}"))
            .Arrows("push->say"));

        Assert.Equal(["ABC"], lines);
    }

    [Fact]
    public void Event_PublishedByAnotherBranch_Arrives()
    {
        var lines = Lines(Flow().Add("s", "Elsa.Start")
            .Add("wait", "Elsa.Event", ("eventName", "ping")).Add("got", "Elsa.WriteLine", ("text", "js:'got ' + getOutputFrom('wait')"))
            .Add("pause", "Elsa.Delay", ("timeSpan", "00:01:00")).Add("send", "Elsa.PublishEvent", ("eventName", "ping"), ("payload", "pong"))
            .Arrows("s->wait->got", "s->pause->send"));

        Assert.Equal(["got pong"], lines);
    }

    [Fact]
    public void Approval_TwoOfDistinctPeople_TakesBoth()
    {
        var answers = new Dictionary<string, object?>
        {
            ["ok"] = new List<object?>
            {
                new Dictionary<string, object?> { ["outcome"] = "Approve", ["by"] = "anna" },
                new Dictionary<string, object?> { ["outcome"] = "Approve", ["by"] = "ben" },
            },
        };
        var (engine, run) = Run(Flow().Add("ok", "Ecosystem.Approval", ("roles", new[] { "approver" }), ("quorum", 2)).Line("yes").Line("no").Arrows("ok.Approved->yes", "ok.Rejected->no"), answers);

        Assert.Equal(["yes"], run.Lines);
        Assert.Equal(2, Assert.IsType<List<object?>>(engine.Top.OwnFrame!.ActivityOutputs["ok"]["approvers"]).Count);
    }

    [Fact]
    public void Snapshot_AtEveryWait_GoesOnTheSame()
    {
        var plan = ProcessPlan.Read(Flow().Variable("n", "Int32", 0)
            .Add("s", "Elsa.Start").Add("one", "Elsa.Delay", ("timeSpan", "00:01:00")).Add("two", "Elsa.Delay", ("timeSpan", "00:02:00"))
            .Add("J", "Elsa.WriteLine", ("text", "J")).Add("each", "Elsa.ForEach", ("items", "js:[1, 2]"), ("@body", FlowBuilder.Activity("w", "Elsa.Delay", ("timeSpan", "00:01:00"))))
            .Arrows("s->one->J", "s->two->J", "J->each").Build());
        var run = new HeadlessRun(new PlanCatalog([plan]), StepCatalog.Shipped, new HeadlessAnswers(null), Start);
        var host = new HeadlessHost(run, "i");
        var engine = new ProcessEngine(plan, host);
        engine.Start(new Dictionary<string, object?>());
        var turns = 0;
        while (engine.Status == ProcessStatus.Running)
        {
            engine = ProcessEngine.Restore(plan, host, new EngineOptions(), (JsonObject)JsonNode.Parse(engine.Snapshot().ToJsonString())!);
            engine.Reply(engine.Requests.First().Id, new EngineReply());
            turns++;
        }

        Assert.Equal(4, turns);
        Assert.Equal(["J"], run.Lines);
    }

    [Theory]
    [InlineData("definition.unreachable", "orphan")]
    [InlineData("definition.never-finishes", "a")]
    [InlineData("definition.join-never-fires", "j")]
    [InlineData("definition.unknown-variable", "v")]
    [InlineData("definition.unknown-activity", "x")]
    [InlineData("definition.type-clash", "t")]
    [InlineData("definition.human-step-missing", "o")]
    public void Check_BrokenGraph_IsRefusedWithTheNodeNamed(string code, string node)
    {
        var flow = code switch
        {
            "definition.unreachable" => Flow().Line("A").Line("orphan").Line("end").Arrows("A->end", "orphan->orphan"),
            "definition.never-finishes" => Flow().Add("s", "Elsa.Start").Line("a").Line("b").Arrows("s->a->b->a"),
            "definition.join-never-fires" => Flow().Add("d", "Elsa.FlowDecision", ("condition", true)).Line("A").Line("B").Add("j", "Elsa.WriteLine", ("text", ""), ("mergeMode", "Merge")).Arrows("d.True->A->j", "d.False->B->j"),
            "definition.unknown-variable" => Flow().Add("v", "Elsa.WriteLine", ("text", "js:variables.nobody")),
            "definition.unknown-activity" => Flow().Add("x", "Acme.Nothing"),
            "definition.type-clash" => Flow().Add("t", "Elsa.Delay", ("@timeSpan", new JsonObject { ["typeName"] = "TimeSpan", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = "soon" } })),
            _ => Flow().Add("s", "Elsa.Start").Add("o", "Ecosystem.Offboard").Arrows("s->o"),
        };
        var plan = ProcessPlan.Read(flow.Build());

        var found = DefinitionChecker.Check(plan, new PlanCatalog([plan]), StepCatalog.Shipped);

        Assert.Contains(found, diagnostic => diagnostic.Code == code && diagnostic.Activity == node && diagnostic.Severity == "error");
    }

    [Fact]
    public void Scenario_NotAsExpected_IsAnError()
    {
        var document = Flow().Add("d", "Elsa.FlowDecision", ("condition", "js:getInput('big')")).Line("yes").Line("no").Arrows("d.True->yes", "d.False->no").Build();
        document.Json["customProperties"] = JsonNode.Parse("""{"scenarios":[{"name":"big","input":{"big":true},"expect":{"path":["d","yes"],"not":["no"]}},{"name":"wrong","input":{"big":false},"expect":{"path":["yes"]}}]}""");
        var plan = ProcessPlan.Read(document);

        var found = DefinitionScenarios.Run(plan, new PlanCatalog([plan]), StepCatalog.Shipped).ToList();

        Assert.Contains("'wrong'", Assert.Single(found).Message, StringComparison.Ordinal);
    }

    private static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    private static FlowBuilder Flow() => new("flow");

    private static List<string> Lines(FlowBuilder flow)
    {
        var (engine, run) = Run(flow);
        Assert.True(engine.Status == ProcessStatus.Finished, $"{engine.Status}: {string.Join("; ", engine.Incidents.Select(incident => incident.Message))}");
        return run.Lines;
    }

    private static (ProcessEngine Engine, HeadlessRun Run) Run(FlowBuilder flow, Dictionary<string, object?>? answers = null)
    {
        var plan = ProcessPlan.Read(flow.Build());
        var run = new HeadlessRun(new PlanCatalog([plan]), StepCatalog.Shipped, new HeadlessAnswers(answers), Start);
        return (run.Execute(plan, new Dictionary<string, object?>()), run);
    }
}
