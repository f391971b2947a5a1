using CsCheck;
using Ecosystem.Rules.Rulesets;

namespace Ecosystem.Rules.Tests.Rulesets;

public sealed class ScorecardTests
{
    [Theory]
    [InlineData(-5, 0)]
    [InlineData(0, 0)]
    [InlineData(3, 3.33)]
    [InlineData(9, 10)]
    [InlineData(99, 10)]
    public void Linear_Rising_IsClamped(int value, double points) =>
        Assert.Equal((decimal)points, new ScorecardCurve.Linear(0, 9).Apply(value, 10, 2));

    [Theory]
    [InlineData(100, 0)]
    [InlineData(45, 5)]
    [InlineData(0, 10)]
    public void Linear_Falling_RewardsLess(int value, int points) =>
        Assert.Equal(points, new ScorecardCurve.Linear(90, 0).Apply(value, 10, 2));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 5)]
    [InlineData(3, 10)]
    [InlineData(4, 15)]
    public void Step_Threshold_IsIncluded(int value, int points) =>
        Assert.Equal(points, new ScorecardCurve.Step([new(1, 5), new(2, 10), new(4, 15)]).Apply(value, 15, 2));

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(2, 5)]
    [InlineData(100, 20)]
    public void Capped_PerUnit_StopsAtThePoints(int value, int points) =>
        Assert.Equal(points, new ScorecardCurve.Capped(2.5m).Apply(value, 20, 2));

    [Fact]
    public void Curves_AnyValue_StayBetweenZeroAndThePointsAndNeverFall() =>
        Gen.Select(Gen.Decimal[-1000, 1000], Gen.Decimal[0, 500], Gen.Decimal[0.1m, 100]).Sample((value, more, points) =>
        {
            foreach (ScorecardCurve curve in new ScorecardCurve[] { new ScorecardCurve.Linear(-10, 50), new ScorecardCurve.Capped(0.7m), new ScorecardCurve.Flag() })
            {
                decimal low = curve.Apply(value, points, 10), high = curve.Apply(value + more, points, 10);
                Assert.InRange(low, 0, Math.Round(points, 10, MidpointRounding.AwayFromZero));
                Assert.True(curve is ScorecardCurve.Flag || high >= low);
            }
        });

    [Fact]
    public void Score_MinimumNotMet_KeepsTheBandAwayAndSaysWhatIsMissing()
    {
        var ruleset = Ruleset.Parse(Yaml.Head + """
            inputs: { sales: { type: number }, skills: { type: number } }
            outputs: { band: { type: text, required: false }, total: { type: number }, missing: { type: list of text } }
            sections:
              - id: card
                scorecard:
                  into: card
                  categories:
                    - id: sales
                      limit: 60
                      metrics: [{ id: revenue, value: sales, points: 80, curve: capped, per: 1 }]
                    - id: skilling
                      title: Skills
                      minimum: "> 0"
                      metrics: [{ id: people, value: skills, points: 40, curve: capped, per: 10 }]
                  bands:
                    - { id: silver, from: 40 }
                    - { id: gold, from: 60, minimums: true }
              - id: result
                values: { band: card.band, total: card.total, missing: card.missing }
            """);

        RulesetResult without = ruleset.Evaluate(Yaml.Inputs(("sales", 90), ("skills", 0)));
        RulesetResult with = ruleset.Evaluate(Yaml.Inputs(("sales", 90), ("skills", 1)));

        Assert.Equal(("silver", 60m), ((string?)without.Outputs["band"], (decimal)without.Outputs["total"]!));
        Assert.Equal("Skills has 0 points, needed is > 0", Assert.Single((IReadOnlyList<object?>)without.Outputs["missing"]!));
        Assert.Equal(("gold", 70m), ((string?)with.Outputs["band"], (decimal)with.Outputs["total"]!));
        Assert.Null(ruleset.Evaluate(Yaml.Inputs(("sales", 1), ("skills", 1))).Outputs["band"]);
    }
}
