using Ecosystem.Rules.Dmn;
using Ecosystem.Rules.Feel;

namespace Ecosystem.Rules.Tests.Dmn;

/// <summary>Models for what the kit's given half does not cover: conversions and constraints of types, boxed forms, imports and services.</summary>
public sealed class DmnSpecificationTests
{
    private static readonly string Models = Path.Combine(AppContext.BaseDirectory, "Dmn", "Models");

    [Theory]
    [InlineData("d1", "\"a\"")]
    [InlineData("d2", "[\"a\"]")]
    [InlineData("d3", "null")]
    [InlineData("d4", "@\"2020-01-01T00:00:00Z\"")]
    [InlineData("d5", "null")]
    [InlineData("d6", "null")]
    [InlineData("d6b", "null")]
    [InlineData("d6c", "7")]
    [InlineData("d7", "null")]
    [InlineData("d7b", "[1, 2]")]
    [InlineData("d8", "null")]
    [InlineData("d8b", "[1, 3]")]
    [InlineData("d9", "{full name: \"x\", age: 3, tags: [\"t\"]}")]
    [InlineData("d9b", "null")]
    [InlineData("d9c", "{full name: \"x\", age: 3, tags: [\"t\"], extra: 1}")]
    [InlineData("d9d", "null")]
    [InlineData("d10", "\"x\"")]
    [InlineData("d11", "[\"1\", [2]]")]
    [InlineData("d12", "[\"q\", [3]]")]
    [InlineData("d13", "{a b: \"z\", c: null, e: \"z!\"}")]
    [InlineData("d14", "2")]
    [InlineData("d15", "[2, 5, 8]")]
    [InlineData("d16", "true")]
    [InlineData("d17", "[{a: 1, b b: \"x\"}]")]
    [InlineData("d18", "d18")]
    [InlineData("d19", "3")]
    [InlineData("d20", "true")]
    [InlineData("d21", "\"high\"")]
    [InlineData("d22", "\"low\"")]
    [InlineData("d23", "null")]
    [InlineData("d24", "[1, {q: 2}]")]
    [InlineData("d25", "[2, 3]")]
    [InlineData("d26", "null")]
    [InlineData("d27", "true")]
    [InlineData("d28", "null")]
    [InlineData("d29", "null")]
    [InlineData("d30", "{o p: 7, q: null}")]
    public void EvaluateDecision_TypesAndBoxedForms_FollowTheSpecification(string decision, string expected) => Check("types.dmn", decision, expected);

    [Theory]
    [InlineData("p", "{name: \"Bo\", age: 30}")]
    [InlineData("p2", "null")]
    [InlineData("p3", "[{name: \"Bo\", age: 13}]")]
    [InlineData("h", "\"Hello Bo4\"")]
    [InlineData("h2", "\"Hello Bo4\"")]
    [InlineData("s", "\"A\"")]
    [InlineData("s2", "{Label: \"A\", Adult: true}")]
    [InlineData("s3", "\"C\"")]
    [InlineData("s4", "null")]
    [InlineData("i", "true")]
    [InlineData("map", "[\"2\", \"4\"]")]
    [InlineData("nolib", "null")]
    public void EvaluateDecision_ImportedElements_AreReachedByTheirPrefix(string decision, string expected)
    {
        Check("importing.dmn", decision, expected);
        Assert.Equal(expected, Decide(DmnModel.Compile(WithoutPrefix(), [DmnReader.ReadFile(Path.Combine(Models, "library.dmn"))]), decision));
    }

    /// <summary>The same model with an import that has no name: the other model's names are used as they are.</summary>
    private static DmnDefinitions WithoutPrefix() =>
        DmnReader.Read(File.ReadAllText(Path.Combine(Models, "importing.dmn")).Replace("name=\"my lib\"", "name=\"\"", StringComparison.Ordinal).Replace("my lib.", "", StringComparison.Ordinal));

    private static void Check(string file, string decision, string expected) => Assert.Equal(expected, Decide(DmnModel.LoadFile(Path.Combine(Models, file)), decision));

    private static string Decide(DmnModel model, string decision) => FeelText.Literal(FeelBoundary.FromClr(model.EvaluateDecision(decision, new Dictionary<string, object?>()).Value));
}
