using Ecosystem.Rules.Dmn;
using Ecosystem.Rules.Feel;

namespace Ecosystem.Rules.Tests.Dmn;

public sealed class DmnWriterTests
{
    private static readonly Dictionary<string, object?> NoInputs = [];

    public static TheoryData<DmnVersion> Versions => [DmnVersion.V13, DmnVersion.V14, DmnVersion.V15];

    [Fact]
    public void Write_KitModels_ReadBackTheSameAndDecideTheSame()
    {
        var kit = DmnTckTests.FindKit();
        Assert.SkipWhen(kit is null, "The DMN kit is not here: no folder shared/data/dmn-tck beside the repository or above it.");
        var count = 0;
        foreach (var file in Directory.EnumerateFiles(kit!, "*.dmn", SearchOption.AllDirectories))
        {
            var model = DmnReader.ReadFile(file);
            var written = DmnWriter.Write(model);
            var again = DmnReader.Read(written);
            Assert.Equal(written, DmnWriter.Write(again));
            Assert.Equal(model.Diagrams.Sum(d => d.Shapes.Count + d.Edges.Count), again.Diagrams.Sum(d => d.Shapes.Count + d.Edges.Count));
            if (model.Imports.Count > 0)
            {
                continue;
            }

            var (before, after) = (DmnModel.Compile(model), DmnModel.Compile(again));
            foreach (var decision in model.Decisions.Take(60))
            {
                Assert.Equal(Decide(before, decision.Name), Decide(after, decision.Name));
                count++;
            }
        }

        Assert.True(count > 500, $"only {count} decisions were compared");
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Write_EachVersion_ReadsBackAsThatVersion(DmnVersion version)
    {
        var model = DmnReader.Read(DmnWriter.Write(DmnLayout.Arrange(Model(new DmnLiteralExpression("points * 2"))), version));
        Assert.Equal(version, model.Version);
        Assert.Equal(84m, DmnModel.Compile(model).EvaluateDecision("Score", new Dictionary<string, object?> { ["points"] = 42 }).Value);
        var diagram = Assert.Single(model.Diagrams);
        Assert.Equal((2, 1), (diagram.Shapes.Count, diagram.Edges.Count));
        Assert.True(diagram.Shapes.Single(s => s.ElementRef == "points").Bounds.Y > diagram.Shapes.Single(s => s.ElementRef == "score").Bounds.Y);
    }

    [Fact]
    public void Write_ConditionalAsVersion13_RefusesWithThePlace()
    {
        var model = Model(new DmnConditional(new DmnLiteralExpression("points > 1"), new DmnLiteralExpression("1"), new DmnLiteralExpression("2")));
        var error = Assert.Throws<DmnException>(() => DmnWriter.Write(model, DmnVersion.V13));
        Assert.Contains("decision 'Score'", error.Message, StringComparison.Ordinal);
        Assert.Contains("1.4", error.Message, StringComparison.Ordinal);
        Assert.Contains("<conditional>", DmnWriter.Write(model, DmnVersion.V14), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Write_ModelOfAnotherModeller_KeepsWhatIsNotEvaluated(DmnVersion version)
    {
        var before = DmnReader.ReadFile(Path.Combine(AppContext.BaseDirectory, "Dmn", "Models", "drawn.dmn"));
        var xml = DmnWriter.Write(before, version);
        var after = DmnReader.Read(xml);

        Assert.Equal(xml, DmnWriter.Write(after, version));
        Assert.Equal(6, before.Diagrams[0].Shapes.Count);
        foreach (var kept in new[]
        {
            "exporter=\"Some Modeller\"", "<dmndi:DMNStyle id=\"style1\"", "fontSize=\"11\"", "red=\"10\"", "sharedStyle=\"style1\"", "<dmndi:DMNLabel", "<text>Who asks</text>", "isListedInputData=\"false\"",
            "<dmndi:DMNDecisionServiceDividerLine>", "isCollapsed=\"true\"", "<dmndi:Size ", "vendor:width>50", "vendor:color=\"blue\"", "<usingTask href=\"#task1\"", "<decisionOwner href=\"#unit1\"", "<organizationUnit ",
            "<textAnnotation ", "<association ", "<group ", "<owner href=\"#unit1\"", "A person that applies", "What the table says", "<question>", "<allowedAnswers>", "locationURI=\"https://example.com/policy\"",
        })
        {
            Assert.Contains(kept, xml, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("http://www.omg.org/spec/DMN/20180521/MODEL/", xml, StringComparison.Ordinal);
        Assert.DoesNotContain("http://www.omg.org/spec/DMN/20180521/DMNDI/", xml, StringComparison.Ordinal);
        for (var i = 0; i < before.Diagrams[0].Shapes.Count; i++)
        {
            Assert.Equal(before.Diagrams[0].Shapes[i].Bounds, after.Diagrams[0].Shapes[i].Bounds);
        }

        Assert.Equal(before.Diagrams[0].Edges.SelectMany(e => e.Points), after.Diagrams[0].Edges.SelectMany(e => e.Points));
        var inputs = new Dictionary<string, object?> { ["applicant"] = new Dictionary<string, object?> { ["age"] = 20, ["tags"] = new[] { "a" } } };
        Assert.Equal("yes", DmnModel.Compile(after).EvaluateDecision("accepted", inputs).Value);
        Assert.Equal("yes", DmnModel.Compile(after).EvaluateService("acceptance", inputs).Value);
    }

    [Fact]
    public void Read_NestingBeyondAnyModel_IsRefusedWithItsPlace()
    {
        var xml = "<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" name=\"m\" namespace=\"n\"><decision name=\"d\">"
            + string.Concat(Enumerable.Repeat("<list>", 100_000)) + string.Concat(Enumerable.Repeat("</list>", 100_000)) + "</decision></definitions>";
        Assert.Contains("nested deeper than 200", Assert.Throws<DmnException>(() => DmnReader.Read(xml)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<a/>", "line 1")]
    [InlineData("<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" name=\"m\" namespace=\"n\">\n<decision/></definitions>", "line 2")]
    [InlineData("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>", "not well-formed")]
    [InlineData("<definitions", "not well-formed")]
    public void Read_BadText_NamesThePlace(string xml, string expected) =>
        Assert.Contains(expected, Assert.Throws<DmnException>(() => DmnReader.Read(xml)).Message, StringComparison.Ordinal);

    private static DmnDefinitions Model(DmnExpression logic) => new()
    {
        Name = "m",
        Namespace = "urn:m",
        InputData = [new DmnInputData("points", "points", new DmnVariable("points", "number"))],
        Decisions = [new DmnDecision("score", "Score", new DmnVariable("Score", "number")) { Logic = logic, Requirements = [new DmnRequirement(DmnRequirementKind.Input, "#points")] }],
    };

    private static string Decide(DmnModel model, string name) => FeelText.Literal(FeelBoundary.FromClr(model.EvaluateDecision(name, NoInputs).Value));
}
