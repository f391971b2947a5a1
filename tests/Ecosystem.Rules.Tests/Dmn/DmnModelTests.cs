using Ecosystem.Rules.Dmn;
using Ecosystem.Rules.Feel;

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

    private static DmnDefinitions Model(string space, DmnImport[] imports, string text, params (DmnRequirementKind Kind, string Reference)[] needs) => new()
    {
        Name = space,
        Namespace = space,
        Imports = imports,
        InputData = [Input with { }],
        Decisions = [new DmnDecision("_result", "result", new DmnVariable("result", "string")) { Logic = new DmnLiteralExpression(text), Requirements = [.. needs.Select(n => new DmnRequirement(n.Kind, n.Reference))] }],
    };
}
