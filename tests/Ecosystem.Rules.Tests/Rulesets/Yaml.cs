using Ecosystem.Rules.Rulesets;

namespace Ecosystem.Rules.Tests.Rulesets;

/// <summary>Small documents for tests.</summary>
internal static class Yaml
{
    public const string Head = """
        name: sample
        title: Sample
        owner: testers
        version: 1.0.0

        """;

    /// <summary>A table over one number that decides a text.</summary>
    public static string Table(string rows, string hit = "first", string extra = "") => Head + $$"""
        inputs:
          amount: { type: number, min: 0 }
          tier: { type: text, oneOf: [silver, gold], default: silver }
        outputs:
          route: { type: text, oneOf: [auto, person] }
        sections:
          - id: routing
            table:
              hit: {{hit}}
              inputs: [amount, tier]
              outputs: [route]
              rows:
        {{string.Join('\n', rows.Split('\n').Select(r => "        " + r.Trim()))}}
        {{extra}}
        """;

    public static Dictionary<string, object?> Inputs(params (string Name, object? Value)[] values) => values.ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal);

    public static RulesetDiagnostic Fails(string yaml, string code)
    {
        var failure = Assert.Throws<RulesetException>(() => Ruleset.Parse(yaml, "sample.yaml"));
        return Assert.Single(failure.Diagnostics, d => d.Code == code);
    }
}
