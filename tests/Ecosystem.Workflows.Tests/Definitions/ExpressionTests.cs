using System.Text.Json.Nodes;
using Ecosystem.Workflows.Definitions;

namespace Ecosystem.Workflows.Tests.Definitions;

/// <summary>What scripts and templates of definitions can use, with what Elsa gives for it.</summary>
public sealed class ExpressionTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("getCount() + 1", "4")]
    [InlineData("variables.Count + 1", "4")]
    [InlineData("getVariable('Count') + 1", "4")]
    [InlineData("setCount(7); return getCount();", "7")]
    [InlineData("setVariable('Count', 8); return variables.Count;", "8")]
    [InlineData("variables.Count = 9; return variables.Count + ',' + getCount();", "9,3")]
    [InlineData("getName() + getInput('Name') + input.Name", "AnnAnnAnn")]
    [InlineData("getList().map(x => x * 2).join('-')", "2-4-6")]
    [InlineData("variables.Customer.address.city", "Berlin")]
    [InlineData("toJson({ a: [1, 'x'], b: null, c: true })", "{\"a\":[1,\"x\"],\"b\":null,\"c\":true}")]
    [InlineData("toJson('Zoë <b>')", "\"Zoë \\u003Cb\\u003E\"")]
    [InlineData("isNullOrWhiteSpace('  ') + ',' + isNullOrWhiteSpace(null) + ',' + isNullOrWhiteSpace(5) + ',' + isNullOrEmpty(' ')", "true,true,false,false")]
    [InlineData("parseGuid('{D2719B1E-8E63-4C4A-9A6C-0C4B1C7B9D01}')", "d2719b1e-8e63-4c4a-9a6c-0c4b1c7b9d01")]
    [InlineData("newGuid().length + ',' + newGuidString().length + ',' + Guid.NewGuid().length", "36,36,36")]
    [InlineData("newGuid() !== newGuid()", "True")]
    [InlineData("/^[A-Za-z0-9]{20,22}$/.test(newShortGuid())", "True")]
    [InlineData("stringToBase64('héllo')", "aMOpbGxv")]
    [InlineData("stringFromBase64('aMOpbGxv')", "héllo")]
    [InlineData("bytesToString(bytesFromString('héllo'))", "héllo")]
    [InlineData("bytesToBase64(bytesFromBase64('AQID'))", "AQID")]
    [InlineData("new Date().toISOString()", "2026-01-05T09:00:00.000Z")]
    [InlineData("DateTime.UtcNow.toISOString()", "2026-01-05T09:00:00.000Z")]
    [InlineData("DateTimeOffset.UtcNow.getUTCFullYear()", "2026")]
    [InlineData("DateTime.Today.toISOString()", "2026-01-05T00:00:00.000Z")]
    [InlineData("TimeSpan.FromMinutes(90).TotalHours", "1.5")]
    [InlineData("TimeSpan.FromMinutes(90)", "01:30:00")]
    [InlineData("var r = new Random().Next(1, 7); return r >= 1 && r < 7 && r === Math.floor(r);", "True")]
    [InlineData("getWorkflowDefinitionId() + ',' + getWorkflowDefinitionVersion() + ',' + getWorkflowDefinitionVersionId()", "test,1,test-v1")]
    [InlineData("setCorrelationId('c-1'); return getCorrelationId();", "c-1")]
    [InlineData("setWorkflowInstanceName('n-1'); return getWorkflowInstanceName();", "n-1")]
    [InlineData("getWorkflowInstanceId()", "instance-1")]
    [InlineData("const { Count, Customer: { address: { city } } } = variables; return `${city}${Count}`;", "Berlin3")]
    [InlineData("[1, 2, 3].at(-1) ?? 0", "3")]
    [InlineData("Promise.resolve(5)", "5")]
    [InlineData("null", "")]
    [InlineData("1 / 4", "0.25")]
    [InlineData("true", "True")]
    public void JavaScript_Expression_GivesWhatElsaGives(string script, string expected) => Assert.Equal([expected], Lines("js:" + script));

    [Theory]
    [InlineData("{{ Variables.Count }} {{ Variables.Customer.address.city }} {{ Input.Name }}", "3 Berlin Ann")]
    [InlineData("{% for x in Variables.List %}{{ x }};{% endfor %}", "1;2;3;")]
    [InlineData("{{ Variables.Customer | json }}", "{\"address\":{\"city\":\"Berlin\"}}")]
    [InlineData("{{ Variables.Customer | keys }}", "address")]
    [InlineData("{{ 'abc' | base64 }}", "YWJj")]
    [InlineData("{{ WorkflowDefinitionId }} {{ WorkflowDefinitionVersion }} {{ WorkflowInstanceId }}", "test 1 instance-1")]
    [InlineData("{% if Variables.Count > 2 %}big{% else %}small{% endif %}", "big")]
    [InlineData("{{ Variables.Nothing }}", "")]
    [InlineData("{{ 'now' | date: '%Y-%m-%d' }}", "2026-01-05")]
    public void Liquid_Template_GivesWhatElsaGives(string template, string expected) => Assert.Equal([expected], Lines("liquid:" + template));

    [Theory]
    [InlineData("parseGuid('nonsense')", "is not a GUID")]
    [InlineData("getNothingAtAll()", "getNothingAtAll is not defined")]
    [InlineData("while (true) {}", "runs too long")]
    [InlineData("eval('1')", "disabled")]
    public void JavaScript_Failure_SaysWhy(string script, string expected)
    {
        var (engine, _) = Run("js:" + script);

        Assert.Equal(ProcessStatus.Faulted, engine.Status);
        Assert.Contains(expected, Assert.Single(engine.Incidents).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void JavaScript_VariableChangedInTheContainer_IsChangedForWhatFollows()
    {
        var document = new FlowBuilder("test").Variable("Count", "Int32", "3").Add("change", "Elsa.RunJavaScript", ("script", "variables.Count = 9;"))
            .Add("line", "Elsa.WriteLine", ("text", "js:getCount()")).Arrows("change->line").Build();
        var plan = ProcessPlan.Read(document);
        var run = new HeadlessRun(new PlanCatalog([plan]), StepCatalog.Shipped, new HeadlessAnswers(null), Start);
        run.Execute(plan, new Dictionary<string, object?>());

        Assert.Equal(["9"], run.Lines);
    }

    private static List<string> Lines(string text)
    {
        var (engine, run) = Run(text);
        Assert.True(engine.Status == ProcessStatus.Finished, string.Join("; ", engine.Incidents.Select(incident => incident.Message)));
        return run.Lines;
    }

    private static (ProcessEngine Engine, HeadlessRun Run) Run(string text)
    {
        var document = new FlowBuilder("test").Input("Name", "String").Variable("Count", "Int32", "3").Variable("List", "Object", new JsonArray(1, 2, 3))
            .Variable("Customer", "Object", new JsonObject { ["address"] = new JsonObject { ["city"] = "Berlin" } })
            .Add("line", "Elsa.WriteLine", ("text", text)).Build();
        var plan = ProcessPlan.Read(document);
        var run = new HeadlessRun(new PlanCatalog([plan]), StepCatalog.Shipped, new HeadlessAnswers(null), Start);
        return (run.Execute(plan, new Dictionary<string, object?> { ["Name"] = "Ann" }), run);
    }
}
