using System.Text.Json.Nodes;
using Ecosystem.Workflows.Definitions;

namespace Ecosystem.Workflows.Tests.Definitions;

/// <summary>What each of Elsa's activities does: its outcomes, outputs and defaults.</summary>
public sealed class ActivityTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("js:1 < 2", "then,after True")]
    [InlineData("js:1 > 2", "else,after False")]
    [InlineData("js:null", "else,after False")]
    public void If_Condition_RunsABranchAndKeepsTheResult(string condition, string expected)
    {
        var flow = Flow().Add("if", "Elsa.If", ("condition", condition), ("@then", Line("t", "then")), ("@else", Line("e", "else")))
            .Add("after", "Elsa.WriteLine", ("text", "js:'after ' + (getOutputFrom('if') ? 'True' : 'False')")).Arrows("if->after");

        Assert.Equal(expected, Run(flow).Lines);
    }

    [Theory]
    [InlineData("MatchFirst", 5, "small,after")]
    [InlineData("MatchAny", 5, "small,odd,after")]
    [InlineData("MatchFirst", 50, "default,after")]
    public void Switch_Mode_RunsTheActivitiesOfItsCases(string mode, int n, string expected)
    {
        var cases = new JsonArray(Case("small", "getN() < 10"), Case("odd", "getN() % 2 === 1"));
        var flow = Flow().Variable("n", "Int32", n).Add("switch", "Elsa.Switch", ("mode", mode), ("@cases", cases), ("@default", Line("d", "default"))).Line("after").Arrows("switch->after");

        Assert.Equal(expected, Run(flow).Lines);

        static JsonObject Case(string label, string condition) => new()
        {
            ["label"] = label, ["condition"] = new JsonObject { ["type"] = "JavaScript", ["value"] = condition }, ["activity"] = Line("case-" + label, label),
        };
    }

    [Fact]
    public void Parallel_Activities_AreAllWaitedFor()
    {
        var children = new JsonArray(FlowBuilder.Activity("w", "Elsa.Delay", ("timeSpan", "00:05:00")), Line("a", "A"), Line("b", "B"));

        Assert.Equal("A,B,after", Run(Flow().Add("par", "Elsa.Parallel", ("@activities", children)).Line("after").Arrows("par->after")).Lines);
    }

    [Fact]
    public void Container_Variable_HidesTheOuterOneAndIsGoneAfterwards()
    {
        var sequence = new JsonObject
        {
            ["id"] = "seq", ["type"] = "Elsa.Sequence", ["version"] = 1,
            ["variables"] = new JsonArray(new JsonObject { ["id"] = "inner", ["name"] = "X", ["typeName"] = "String", ["value"] = "inner" }),
            ["activities"] = new JsonArray(FlowBuilder.Activity("l1", "Elsa.WriteLine", ("text", "js:getX()"))),
        };
        var flow = Flow().Variable("X", "String", "outer").Add("once", "Elsa.If", ("condition", true), ("@then", sequence)).Add("l2", "Elsa.WriteLine", ("text", "js:getX()")).Arrows("once->l2");

        Assert.Equal("inner,outer", Run(flow).Lines);
    }

    [Theory]
    [InlineData("Elsa.Delay", "timeSpan", "01:30:00", 90)]
    [InlineData("Elsa.Delay", "timeSpan", "PT45M", 45)]
    [InlineData("Elsa.Timer", "interval", "00:10:00", 10)]
    [InlineData("Elsa.Cron", "cronExpression", "0 30 9 * * *", 30)]
    [InlineData("Elsa.Cron", "cronExpression", "0 10 * * *", 60)]
    [InlineData("Elsa.StartAt", "dateTime", "2026-01-05T11:00:00Z", 120)]
    [InlineData("Elsa.StartAt", "dateTime", "2025-01-05T11:00:00Z", 0)]
    public void Wait_InVirtualTime_TakesAsLongAsItSays(string type, string input, string value, int minutes)
    {
        var run = Run(Flow().Line("A").Add("wait", type, (input, value)).Line("B").Arrows("A->wait->B"));

        Assert.Equal("A,B", run.Lines);
        Assert.Equal(TimeSpan.FromMinutes(minutes), run.Now - Start);
    }

    [Fact]
    public void SetNameAndCorrelate_ShowInTheReport()
    {
        var run = Run(Flow().Add("name", "Elsa.SetName", ("value", "Order 7")).Add("correlate", "Elsa.Correlate", ("correlationId", "order-7"))
            .Add("line", "Elsa.WriteLine", ("text", "js:getWorkflowInstanceName() + getCorrelationId()")).Arrows("name->correlate->line"));

        Assert.Equal("Order 7order-7", run.Lines);
        Assert.Equal(("Order 7", "order-7"), (run.Engine.Name, run.Engine.CorrelationId));
    }

    [Theory]
    [InlineData("Int32", "'42'", "42")]
    [InlineData("String", "42", "\"42\"")]
    [InlineData("Boolean", "'true'", "true")]
    [InlineData("Object", "({ a: 1 })", "{\"a\":1}")]
    public void SetOutput_DeclaredType_ConvertsTheValue(string type, string value, string expected)
    {
        var run = Run(Flow().Output("Result", type).Add("out", "Elsa.SetOutput", ("outputName", "Result"), ("outputValue", "js:" + value)));

        Assert.Equal(expected, Values.ToJson(run.Engine.Output["Result"])!.ToJsonString());
    }

    [Theory]
    [InlineData("return 1;", "Done")]
    [InlineData("setOutcome('Yes');", "Yes")]
    [InlineData("setOutcomes(['Yes', 'No']);", "Yes,No")]
    public void RunJavaScript_Outcomes_AreThoseTheScriptChose(string script, string expected)
    {
        var flow = Flow().Add("run", "Elsa.RunJavaScript", ("script", script)).Line("Done").Line("Yes").Line("No").Arrows("run.Done->Done", "run.Yes->Yes", "run.No->No");

        Assert.Equal(expected, Run(flow).Lines);
    }

    [Fact]
    public void RunTask_ReportedBack_GivesItsResult()
    {
        var answers = new Dictionary<string, object?> { ["Pack"] = new Dictionary<string, object?> { ["result"] = "packed" } };

        Assert.Equal("packed", Run(Flow().Add("task", "Elsa.RunTask", ("taskName", "Pack")).Add("line", "Elsa.WriteLine", ("text", "js:getOutputFrom('task')")).Arrows("task->line"), answers).Lines);
    }

    [Theory]
    [InlineData("[200, 404]", 200, "200,Done")]
    [InlineData("[200, 404]", 500, "Unmatched status code,Done")]
    [InlineData("[]", 500, "Done")]
    public void FlowSendHttpRequest_Status_ChoosesTheOutcomes(string expected, int status, string outcomes)
    {
        var answers = new Dictionary<string, object?> { ["call"] = new Dictionary<string, object?> { ["data"] = new Dictionary<string, object?> { ["statusCode"] = (decimal)status, ["content"] = "ok" } } };
        var flow = Flow().Add("call", "Elsa.FlowSendHttpRequest", ("url", "https://example.com"), ("@expectedStatusCodes", new JsonObject { ["typeName"] = "ICollection<Int32>", ["expression"] = new JsonObject { ["type"] = "Object", ["value"] = expected } }))
            .Line("200").Line("404").Line("Unmatched status code").Line("Done").Arrows("call.200->200", "call.404->404", "call.Unmatched status code->Unmatched status code", "call.Done->Done");

        Assert.Equal(outcomes, Run(flow, answers).Lines);
    }

    [Theory]
    [InlineData("Elsa.DispatchWorkflow", true, "child x,child gave X")]
    [InlineData("Elsa.ExecuteWorkflow", true, "child x,child gave X Finished")]
    public void Child_WaitedFor_GivesItsOutput(string type, bool wait, string expected)
    {
        var text = type == "Elsa.ExecuteWorkflow" ? "js:'child gave ' + getOutputFrom('start').Output.Up + ' ' + getOutputFrom('start').SubStatus" : "js:'child gave ' + getOutputFrom('start').Up";
        var flow = Flow().Add("start", type, ("workflowDefinitionId", "child"), ("input", "js:({ Word: 'x' })"), ("waitForCompletion", wait)).Add("line", "Elsa.WriteLine", ("text", text)).Arrows("start->line");

        Assert.Equal(expected, Run(flow, null, Child()).Lines);
    }

    [Fact]
    public void ExecuteWorkflow_ResultKeptInAVariable_IsReadWithSmallLettersToo()
    {
        var result = new JsonObject { ["typeName"] = "ExecuteWorkflowResult", ["memoryReference"] = new JsonObject { ["id"] = "ChildResult" } };
        var flow = Flow().Variable("ChildResult").Add("start", "Elsa.ExecuteWorkflow", ("workflowDefinitionId", "child"), ("input", "js:({ Word: 'x' })"), ("waitForCompletion", true), ("@result", result))
            .Add("line", "Elsa.WriteLine", ("text", "js:`${getChildResult().output.Up} ${variables.ChildResult.Output.Up} ${Object.keys(getChildResult()).length}`")).Arrows("start->line");

        Assert.Equal("child x,X X 4", Run(flow, null, Child()).Lines);
    }

    [Fact]
    public void Child_NotWaitedFor_RunsBesideItsParent()
    {
        var flow = Flow().Add("start", "Elsa.DispatchWorkflow", ("workflowDefinitionId", "child"), ("input", "js:({ Word: 'x' })")).Line("parent").Arrows("start->parent");

        Assert.Equal("parent,child x", Run(flow, null, Child()).Lines);
    }

    [Fact]
    public void BulkDispatch_Items_AreEachAChildCorrelatedByTheFunction()
    {
        var child = new FlowBuilder("each").Input("Item").Add("line", "Elsa.WriteLine", ("text", "js:getItem() + ' ' + getCorrelationId()"));
        var flow = Flow().Add("bulk", "Elsa.BulkDispatchWorkflows", ("workflowDefinitionId", "each"), ("items", "js:['a', 'b']"), ("waitForCompletion", true), ("@correlationIdFunction", new JsonObject { ["type"] = "JavaScript", ["value"] = "'c-' + getItem()" }))
            .Line("Completed").Arrows("bulk.Completed->Completed");

        Assert.Equal("a c-a,b c-b,Completed", Run(flow, null, child).Lines);
    }

    [Fact]
    public void DefinitionAsActivity_InputsAndOutputs_AreItsOwn()
    {
        var captured = new JsonObject { ["typeName"] = "String", ["memoryReference"] = new JsonObject { ["id"] = "Word" } };
        var flow = Flow().Variable("Word", "String", "outer").Add("use", "Child", ("word", "js:'y'"), ("@up", captured)).Add("line", "Elsa.WriteLine", ("text", "js:getWord()")).Arrows("use->line");

        Assert.Equal("child y,Y", Run(flow, null, Child()).Lines);
    }

    [Theory]
    [InlineData(200, "ok,after")]
    [InlineData(404, "missing,after")]
    [InlineData(500, "other,after")]
    public void SendHttpRequest_Status_RunsTheActivityOfItsCase(int status, string expected)
    {
        var answers = new Dictionary<string, object?> { ["call"] = new Dictionary<string, object?> { ["data"] = new Dictionary<string, object?> { ["statusCode"] = (decimal)status, ["content"] = "x" } } };
        var cases = new JsonArray(
            new JsonObject { ["statusCode"] = 200, ["activity"] = Line("on-200", "ok") },
            new JsonObject { ["statusCode"] = 404, ["activity"] = Line("on-404", "missing") },
            new JsonObject { ["statusCode"] = 409, ["activity"] = null });
        var flow = Flow().Add("call", "Elsa.SendHttpRequest", ("url", "https://example.com"), ("@expectedStatusCodes", cases), ("@unmatchedStatusCode", Line("unmatched", "other"))).Line("after").Arrows("call->after");

        Assert.Equal(expected, Run(flow, answers).Lines);
    }

    [Theory]
    [InlineData("\"OK\"", 200)]
    [InlineData("\"NotFound\"", 404)]
    [InlineData("201", 201)]
    [InlineData("\"418\"", 418)]
    [InlineData("null", 200)]
    public void WriteHttpResponse_Status_IsWrittenByNameOrNumber(string status, int expected)
    {
        var flow = Flow().Add("answer", "Elsa.WriteHttpResponse", ("@statusCode", Wrapped("System.Net.HttpStatusCode, System.Net.Primitives", status)), ("@responseHeaders", Wrapped("Elsa.Http.Models.HttpHeaders, Elsa.Http", "\"{\\\"x-a\\\":\\\"1\\\"}\"")));

        var response = Run(flow).Engine.HttpResponse!;

        Assert.Equal(expected, (decimal)response["statusCode"]!);
        Assert.Equal("1", Assert.IsType<Dictionary<string, object?>>(response["headers"])["x-a"]);
    }

    [Fact]
    public void Sequence_WithAnEnd_IsOverThereAndWhatFollowsItRuns()
    {
        var sequence = new JsonObject { ["id"] = "seq", ["type"] = "Elsa.Sequence", ["version"] = 1, ["activities"] = new JsonArray(Line("a", "A"), FlowBuilder.Activity("end", "Elsa.End"), Line("b", "B")) };

        Assert.Equal("A,after", Run(Flow().Add("once", "Elsa.If", ("condition", true), ("@then", sequence)).Line("after").Arrows("once->after")).Lines);
    }

    [Fact]
    public void FlowSwitch_CasesKeptAsText_AreRead()
    {
        var cases = Wrapped("Object", "\"[{\\\"label\\\":\\\"Yes\\\",\\\"condition\\\":{\\\"type\\\":\\\"JavaScript\\\",\\\"value\\\":\\\"1 < 2\\\"}}]\"");

        Assert.Equal("Yes", Run(Flow().Add("switch", "Elsa.FlowSwitch", ("@cases", cases)).Line("Yes").Line("Default").Arrows("switch.Yes->Yes", "switch.Default->Default")).Lines);
    }

    [Fact]
    public void DefinitionOfAnOlderElsa_IsRead()
    {
        // Ends as plain texts, ends with capitals, marks under application properties, no outer customProperties.
        var document = DefinitionDocument.Parse("""
            {"definitionId":"old","name":"Old","usableAsActivity":true,"root":{"type":"Elsa.Flowchart","version":1,"id":"f",
             "activities":[
              {"type":"Elsa.WriteLine","id":"b","text":{"typeName":"String","expression":{"type":"Literal","value":"B"}},"applicationProperties":{"CanStartWorkflow":false}},
              {"type":"Elsa.WriteLine","id":"c","text":{"typeName":"String","expression":{"type":"Literal","value":"C"}}},
              {"type":"Elsa.WriteLine","id":"a","text":{"typeName":"String","expression":{"type":"Literal","value":"A"}},"applicationProperties":{"CanStartWorkflow":true}}],
             "connections":[{"source":"a","target":"b","sourcePort":"Done","targetPort":"In"},{"Source":{"Activity":"b","Port":"Done"},"Target":{"Activity":"c","Port":"In"}}]}}
            """);
        var plan = ProcessPlan.Read(document);
        var run = new HeadlessRun(new PlanCatalog([plan]), StepCatalog.Shipped, new HeadlessAnswers(null), Start);

        run.Execute(plan, new Dictionary<string, object?>());

        Assert.Equal(["A", "B", "C"], run.Lines);
        Assert.True(document.UsableAsActivity);
    }

    [Fact]
    public void Finish_InABranch_EndsTheWholeProcess()
    {
        var run = Run(Flow().Line("A").Add("slow", "Elsa.Delay", ("timeSpan", "01:00:00")).Line("never").Add("finish", "Elsa.Finish").Arrows("A->slow->never", "A->finish"));

        Assert.Equal("A", run.Lines);
        Assert.Equal(ProcessStatus.Finished, run.Engine.Status);
    }

    [Theory]
    [InlineData("Int32", "5", "6")]
    [InlineData("String", "5", "51")]
    [InlineData("Boolean", "true", "2")]
    [InlineData("Object", "[1,2]", "1,21")]
    public void Variable_DefaultWrittenAsText_HasItsType(string type, string value, string expected) =>
        Assert.Equal(expected, Run(Flow().Variable("V", type, value).Add("line", "Elsa.WriteLine", ("text", "js:getV() + 1"))).Lines);

    private static FlowBuilder Flow() => new("flow");

    private static JsonObject Wrapped(string type, string json) => new() { ["typeName"] = type, ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = JsonNode.Parse(json) } };

    private static JsonObject Line(string id, string text) => FlowBuilder.Activity(id, "Elsa.WriteLine", ("text", text));

    private static FlowBuilder Child() => new FlowBuilder("child").Input("Word", "String").Output("Up", "String")
        .Add("line", "Elsa.WriteLine", ("text", "js:'child ' + getWord()")).Add("out", "Elsa.SetOutput", ("outputName", "Up"), ("outputValue", "js:getWord().toUpperCase()")).Arrows("line->out");

    private static (string Lines, ProcessEngine Engine, DateTimeOffset Now) Run(FlowBuilder flow, Dictionary<string, object?>? answers = null, params FlowBuilder[] others)
    {
        var plan = ProcessPlan.Read(flow.Build());
        var run = new HeadlessRun(new PlanCatalog([plan, .. others.Select(other => ProcessPlan.Read(other.Build()))]), StepCatalog.Shipped, new HeadlessAnswers(answers), Start);
        var engine = run.Execute(plan, new Dictionary<string, object?>());
        Assert.True(engine.Status == ProcessStatus.Finished, $"{engine.Status}: {string.Join("; ", engine.Incidents.Select(incident => incident.Message))}");
        return (string.Join(',', run.Lines), engine, run.Now);
    }
}
