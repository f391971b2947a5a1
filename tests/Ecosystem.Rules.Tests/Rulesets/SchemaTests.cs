using System.Text.Json;
using Ecosystem.Rules.Feel;
using Ecosystem.Rules.Rulesets;
using Ecosystem.Rules.Rulesets.Documents;
using Json.Schema;

namespace Ecosystem.Rules.Tests.Rulesets;

/// <summary>The published schema says what the reader takes: editors that complete and check by it must not mislead.</summary>
public sealed class SchemaTests
{
    private static readonly JsonSchema Schema = JsonSchema.FromText(RulesetSchema.Json);

    public static TheoryData<string> Names => ShippedRulesetTests.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Schema_ShippedRulesets_AreValid(string name)
    {
        var result = Evaluate(RepositoryFiles.Read(name));
        Assert.True(result.IsValid, string.Join('\n', (result.Details ?? []).Where(d => d.Errors is not null).Select(d => $"{d.InstanceLocation}: {string.Join("; ", d.Errors!.Values)}")));
    }

    /// <summary>What the schema refuses, the reader refuses as well.</summary>
    [Theory]
    [InlineData("title: Incentive plan", "title: Incentive plan\nbudget: 3")]
    [InlineData("title: Incentive plan", "title: [Incentive plan]")]
    [InlineData("name: incentive-plan", "name: Incentive Plan")]
    [InlineData("owner: channel-finance\n", "")]
    [InlineData("hit: unique", "hit: best")]
    [InlineData("hit: unique", "hit: unique\n      cells: 3")]
    [InlineData("effective:\n  from: 2016-01-01", "effective:\n  since: 2016-01-01")]
    [InlineData("outputs: [baseRate]", "outputs: baseRate")]
    [InlineData("min: 0,", "minimum: 0,")]
    public void Schema_DocumentThatIsNone_IsRefusedByBoth(string old, string broken)
    {
        string text = RepositoryFiles.Read("incentive-plan");
        Assert.Contains(old, text, StringComparison.Ordinal);
        int at = text.IndexOf(old, StringComparison.Ordinal);
        text = string.Concat(text.AsSpan(0, at), broken, text.AsSpan(at + old.Length));

        Assert.Null(Ruleset.TryParse(text, out _));
        Assert.False(Evaluate(text).IsValid);
    }

    private static EvaluationResults Evaluate(string yaml)
    {
        var root = YamlText.Load(yaml, new DiagnosticList());
        return Schema.Evaluate(JsonSerializer.SerializeToElement(FeelJson.ToJson(YamlData.Value(root!))), new EvaluationOptions { OutputFormat = OutputFormat.List });
    }
}
