using Ecosystem.Rules.Dmn;
using Ecosystem.Rules.Feel;
using Ecosystem.Rules.Tables;

namespace Ecosystem.Rules.Tests.Dmn;

public sealed class DmnModelTests
{
    private static readonly DmnInputData Input = new("_input", "who", new DmnVariable("who", "string"));

    [Fact]
    public void EvaluateDecision_ImportedInputsOfOneName_AreKeptApartByPrefix()
    {
        var c = Model("urn:c", [], "\"c:\" + who", (DmnRequirementKind.Input, "#_input"));
        var b = Model("urn:b", [new DmnImport("i", "urn:c", null)], "\"b:\" + who + \" \" + i.result", (DmnRequirementKind.Input, "#_input"), (DmnRequirementKind.Decision, "urn:c#_result"));
        var a = Model("urn:a", [new DmnImport("i", "urn:b", null), new DmnImport("x", "urn:c", null)], "who + \" \" + i.result + \" \" + x.result",
            (DmnRequirementKind.Input, "#_input"), (DmnRequirementKind.Decision, "urn:b#_result"), (DmnRequirementKind.Decision, "urn:c#_result"));
        var result = DmnModel.Compile(a, [b, c]).EvaluateDecision("result", new Dictionary<string, object?> { ["who"] = "A", ["i.who"] = "B", ["i.i.who"] = "C", ["x.who"] = "X" });
        Assert.Equal("A b:B c:C c:X", result.Value);
    }

    [Fact]
    public void EvaluateDecision_InputsByNamespace_ReachTheModelTheyBelongTo()
    {
        var b = Model("urn:b", [], "\"b:\" + who", (DmnRequirementKind.Input, "#_input"));
        var a = Model("urn:a", [new DmnImport("i", "urn:b", null)], "who + \" \" + i.result", (DmnRequirementKind.Input, "#_input"), (DmnRequirementKind.Decision, "urn:b#_result"));
        var result = DmnModel.Compile(a, [b]).EvaluateDecision("result", new Dictionary<string, object?> { ["who"] = "A", ["urn:b#who"] = "B" });
        Assert.Equal("A b:B", result.Value);
    }

    [Theory]
    [InlineData("service(123)", null)]
    [InlineData("service(\"x\")", false)]
    [InlineData("service([\"x\"])", false)]
    [InlineData("service(null)", true)]
    public void EvaluateDecision_ServiceCalledWithAnArgument_TakesOnlyItsType(string call, bool? expected)
    {
        var model = new DmnDefinitions
        {
            Name = "m",
            Namespace = "urn:m",
            DecisionServices = [new DmnDecisionService("_service", "service", new DmnVariable("service")) { OutputDecisions = ["#_out"], InputDecisions = ["#_in"] }],
            Decisions =
            [
                new DmnDecision("_in", "in", new DmnVariable("in", "string")) { Logic = new DmnLiteralExpression("\"never made\"") },
                new DmnDecision("_out", "out", new DmnVariable("out")) { Logic = new DmnLiteralExpression("in = null"), Requirements = [new DmnRequirement(DmnRequirementKind.Decision, "#_in")] },
                new DmnDecision("_call", "call", new DmnVariable("call")) { Logic = new DmnLiteralExpression(call), Requirements = [new DmnRequirement(DmnRequirementKind.Knowledge, "#_service")] },
            ],
        };
        Assert.Equal(expected, DmnModel.Compile(model).EvaluateDecision("call", new Dictionary<string, object?>()).Value);
    }

    [Fact]
    public void Compile_UnknownImport_SaysWhatIsMissing()
    {
        var error = Assert.Throws<DmnException>(() => DmnModel.Compile(Model("urn:a", [new DmnImport("i", "urn:gone", null)], "1")));
        Assert.Contains("urn:gone", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EvaluateDecision_BrokenExpression_GivesNullAndSaysWhy()
    {
        var result = DmnModel.Compile(Model("urn:a", [], "1 +")).EvaluateDecision("result", new Dictionary<string, object?>());
        Assert.Null(result.Value);
        Assert.Contains("decision 'result'", Assert.Single(result.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public void EvaluateDecision_RecursiveKnowledgeModel_StopsAtItsLimit()
    {
        var model = new DmnDefinitions
        {
            Name = "m",
            Namespace = "urn:m",
            BusinessKnowledgeModels = [new DmnBusinessKnowledgeModel("_f", "f", new DmnVariable("f")) { Logic = new DmnFunctionDefinition([new DmnVariable("n", "number")], new DmnLiteralExpression("if n = 0 then 1 else n * f(n - 1)")) }],
            Decisions =
            [
                new DmnDecision("_five", "five", new DmnVariable("five")) { Logic = new DmnLiteralExpression("f(5)"), Requirements = [new DmnRequirement(DmnRequirementKind.Knowledge, "#_f")] },
                new DmnDecision("_endless", "endless", new DmnVariable("endless")) { Logic = new DmnLiteralExpression("f(-1)"), Requirements = [new DmnRequirement(DmnRequirementKind.Knowledge, "#_f")] },
            ],
        };
        var compiled = DmnModel.Compile(model);
        Assert.Equal(120m, compiled.EvaluateDecision("five", new Dictionary<string, object?>()).Value);
        Assert.Equal("feel-limit", Assert.Throws<FeelException>(() => compiled.EvaluateDecision("endless", new Dictionary<string, object?>())).Diagnostics[0].Code);
    }

    [Theory]
    [InlineData(HitPolicy.First, "{tier: \"Silver\", rate: 2}")]
    [InlineData(HitPolicy.Priority, "{tier: \"Gold\", rate: 1}")]
    [InlineData(HitPolicy.OutputOrder, "[{tier: \"Gold\", rate: 1}, {tier: \"Gold\", rate: 2}, {tier: \"Silver\", rate: 2}]")]
    [InlineData(HitPolicy.RuleOrder, "[{tier: \"Silver\", rate: 2}, {tier: \"Gold\", rate: 2}, {tier: \"Gold\", rate: 1}]")]
    [InlineData(HitPolicy.Collect, "[{tier: \"Silver\", rate: 2}, {tier: \"Gold\", rate: 2}, {tier: \"Gold\", rate: 1}]")]
    [InlineData(HitPolicy.CollectCount, "3")]
    [InlineData(HitPolicy.CollectSum, "{tier: null, rate: 5}")]
    [InlineData(HitPolicy.Any, "null")]
    [InlineData(HitPolicy.Unique, "null")]
    public void EvaluateDecision_SeveralOutputs_PolicyRanksThemInTurn(HitPolicy policy, string expected) =>
        Assert.Equal(expected, Decide(Ranked(policy, new DmnText("> 0")), 5));

    [Fact]
    public void EvaluateDecision_NoRowOfSeveralOutputs_GivesTheDefaults() =>
        Assert.Equal("{tier: \"None\", rate: null}", Decide(Ranked(HitPolicy.First, new DmnText("> 9")), 5));

    [Fact]
    public void EvaluateDecision_CellsInAnotherLanguage_AreNotReadAsFeel()
    {
        var cell = new DmnText("> 0") { Extensions = [new System.Xml.Linq.XAttribute("expressionLanguage", "juel")] };
        var result = DmnModel.Compile(Ranked(HitPolicy.First, cell)).EvaluateDecision("result", new Dictionary<string, object?> { ["points"] = 5 });
        Assert.Null(result.Value);
        Assert.Contains("juel", Assert.Single(result.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public void EvaluateDecision_ImportedValues_GiveNullAndSayWhy()
    {
        var model = DmnReader.Read("<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" name=\"m\" namespace=\"n\"><decision name=\"d\"><literalExpression><importedValues name=\"v\" namespace=\"x\" importType=\"y\"><importedElement>a</importedElement></importedValues></literalExpression></decision></definitions>");
        var result = DmnModel.Compile(model).EvaluateDecision("d", new Dictionary<string, object?>());
        Assert.Null(result.Value);
        Assert.Contains("values of another file", Assert.Single(result.Messages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "1", "null")]
    [InlineData("[]", "item > 1", "[]")]
    [InlineData("[4, 5]", "-1", "5")]
    [InlineData("[4, 5]", "item > 4", "[5]")]
    [InlineData("null", "1", "null")]
    [InlineData("[{a: 1}, {a: 2}]", "a = 2", "[{a: 2}]")]
    public void EvaluateDecision_BoxedFilter_IsTheFilterOfFeel(string list, string match, string expected)
    {
        var model = Model("urn:f", [], "null");
        model = model with { Decisions = [model.Decisions[0] with { Variable = new DmnVariable("result"), Logic = new DmnFilter(new DmnLiteralExpression(list), new DmnLiteralExpression(match)) }] };
        Assert.Equal(expected, FeelText.Literal(FeelBoundary.FromClr(DmnModel.Compile(model).EvaluateDecision("result", new Dictionary<string, object?>()).Value)));
    }

    private static string Decide(DmnDefinitions model, int points) =>
        FeelText.Literal(FeelBoundary.FromClr(DmnModel.Compile(model).EvaluateDecision("result", new Dictionary<string, object?> { ["points"] = points }).Value));

    /// <summary>A table of two outputs, three rows of which have the same condition.</summary>
    private static DmnDefinitions Ranked(HitPolicy policy, DmnText cell) => new()
    {
        Name = "m",
        Namespace = "urn:m",
        InputData = [new DmnInputData("_points", "points", new DmnVariable("points", "number"))],
        Decisions =
        [
            new DmnDecision("_result", "result", new DmnVariable("result"))
            {
                Requirements = [new DmnRequirement(DmnRequirementKind.Input, "#_points")],
                Logic = new DmnDecisionTable
                {
                    HitPolicy = policy,
                    Inputs = [new DmnTableInput(new DmnText("points"))],
                    Outputs = [new DmnTableOutput("tier", "string", new DmnText("\"Gold\", \"Silver\", \"None\""), new DmnText("\"None\"")), new DmnTableOutput("rate", "number", new DmnText("1, 2"))],
                    Rules =
                    [
                        new DmnTableRule("r1", [cell], [new DmnText("\"Silver\""), new DmnText("2")], []),
                        new DmnTableRule("r2", [cell], [new DmnText("\"Gold\""), new DmnText("2")], []),
                        new DmnTableRule("r3", [cell], [new DmnText("\"Gold\""), new DmnText("1")], []),
                    ],
                },
            },
        ],
    };

    private static DmnDefinitions Model(string space, DmnImport[] imports, string text, params (DmnRequirementKind Kind, string Reference)[] needs) => new()
    {
        Name = space,
        Namespace = space,
        Imports = imports,
        InputData = [Input with { }],
        Decisions = [new DmnDecision("_result", "result", new DmnVariable("result", "string")) { Logic = new DmnLiteralExpression(text), Requirements = [.. needs.Select(n => new DmnRequirement(n.Kind, n.Reference))] }],
    };
}
