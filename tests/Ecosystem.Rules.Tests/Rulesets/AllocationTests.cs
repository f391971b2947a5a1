using System.Numerics;
using CsCheck;
using Ecosystem.Rules.Rulesets;

namespace Ecosystem.Rules.Tests.Rulesets;

public sealed class AllocationTests
{
    private static readonly Gen<decimal[]> Weights = Gen.Int[0, 1_000_000].Select(w => w / 100m).Array[1, 12].Where(w => w.Any(x => x > 0));

    [Theory]
    [InlineData(100000, "33334,33333,33333")]
    [InlineData(5, "2,2,1")]
    [InlineData(-5, "-2,-2,-1")]
    [InlineData(0, "0,0,0")]
    public void Units_ThreeEqual_GiveTheRestByKey(int cents, string expected)
    {
        Rational[] shares = Apportionment.Shares([1, 1, 1], null, null)!;

        Assert.Equal(expected.Split(',').Select(BigInteger.Parse), Apportionment.Units(shares, ["a", "b", "c"], cents));
    }

    [Fact]
    public void Shares_AnyWeights_SumToExactlyOne() => Weights.Sample(weights =>
    {
        Rational sum = Apportionment.Shares(weights, null, null)!.Aggregate(Rational.Zero, (a, b) => a + b);
        Assert.Equal(Rational.One, sum);
    });

    [Fact]
    public void Units_AnyWeightsAndAmount_SumExactlyAndStayWithinOneUnit() => Gen.Select(Weights, Gen.Long[-1_000_000_000_000, 1_000_000_000_000]).Sample((weights, cents) =>
    {
        Rational[] shares = Apportionment.Shares(weights, null, null)!;
        string[] keys = [.. weights.Select((_, i) => $"k{i:00}")];

        BigInteger[] units = Apportionment.Units(shares, keys, cents);

        Assert.Equal(cents, units.Aggregate(BigInteger.Zero, (a, b) => a + b));
        for (int i = 0; i < units.Length; i++)
        {
            BigInteger exact = shares[i].Numerator * cents, least = (units[i] - 1) * shares[i].Denominator, most = (units[i] + 1) * shares[i].Denominator;
            Assert.True(least < exact && exact < most, $"{units[i]} is a unit or more from {shares[i]} of {cents}");
        }
    });

    [Fact]
    public void Units_OrderOfParties_DoesNotMatter() => Gen.Select(Weights, Gen.Long[0, 1_000_000]).Sample((weights, cents) =>
    {
        string[] keys = [.. weights.Select((_, i) => $"k{i:00}")];
        decimal[] turned = [.. weights.Reverse()];
        string[] turnedKeys = [.. keys.Reverse()];

        BigInteger[] forward = Apportionment.Units(Apportionment.Shares(weights, null, null)!, keys, cents);
        BigInteger[] backward = Apportionment.Units(Apportionment.Shares(turned, null, null)!, turnedKeys, cents);

        Assert.Equal(forward, backward.Reverse());
    });

    [Fact]
    public void Shares_FloorsAndCaps_HoldAndSumExactly() => Gen.Select(Weights, Gen.Int[0, 8], Gen.Int[60, 100]).Sample((weights, floor, cap) =>
    {
        decimal[] floors = [.. weights.Select(_ => (decimal)floor)], caps = [.. weights.Select(_ => (decimal)cap)];
        if (weights.Length == 1)
        {
            caps[0] = 100;
        }

        Rational[]? shares = Apportionment.Shares(weights, floors, caps);

        if (weights.Count(w => w > 0) == 1 && weights.Length > 1 && cap + (floor * (weights.Length - 1)) < 100)
        {
            Assert.Null(shares);
            return;
        }

        Assert.NotNull(shares);
        Assert.Equal(Rational.One, shares.Aggregate(Rational.Zero, (a, b) => a + b));
        for (int i = 0; i < shares.Length; i++)
        {
            Assert.True(shares[i] >= (Rational)(floors[i] / 100m) && shares[i] <= (Rational)(caps[i] / 100m));
        }

        for (int i = 0; i < shares.Length; i++)
        {
            for (int j = 0; j < shares.Length; j++)
            {
                Assert.True(weights[i] < weights[j] || shares[i] >= shares[j], "a larger weight never gets less");
            }
        }
    });

    [Fact]
    public void Shares_FloorsOverOneHundred_HaveNoSolution() => Assert.Null(Apportionment.Shares([1, 1, 1], [40, 40, 40], null));

    [Theory]
    [InlineData("weight: p.w", "1,2,3", "10.01", null)]
    [InlineData("weight: p.w", "0,0", "10", "all-zero")]
    [InlineData("weight: -1", "1", "10", "out-of-range")]
    [InlineData("weight: p.w\n      cap: 10", "1,2", "10", "impossible-split")]
    [InlineData("weight: p.w", "1,2", "10.005", "not-in-units")]
    [InlineData("weight: p.w", "", "10", "nobody")]
    [InlineData("weight: p.w\n      floor: 30\n      cap: 20", "1,2", "10", "out-of-range")]
    public void Evaluate_Allocation_IsExactOrSaysWhyNot(string rule, string weights, string amount, string? error)
    {
        var ruleset = Ruleset.Parse(Document(rule));
        object[] parties = [.. weights.Split(',', StringSplitOptions.RemoveEmptyEntries).Select((w, i) => Yaml.Inputs(("id", $"p{i}"), ("w", decimal.Parse(w, System.Globalization.CultureInfo.InvariantCulture))))];
        Dictionary<string, object?> inputs = Yaml.Inputs(("parties", parties), ("amount", decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture)));

        if (error is not null)
        {
            Assert.Equal(error, Assert.Throws<RulesetException>(() => ruleset.Evaluate(inputs)).Diagnostics[0].Code);
            return;
        }

        var shares = ((IReadOnlyList<object?>)ruleset.Evaluate(inputs).Outputs["shares"]!).Cast<IReadOnlyDictionary<string, object?>>().ToArray();
        Assert.Equal(100m, shares.Sum(s => (decimal)s["share"]!));
        Assert.Equal(10.01m, shares.Sum(s => (decimal)s["amount"]!));
        Assert.Equal([16.67m, 33.33m, 50m], shares.Select(s => (decimal)s["share"]!));
        Assert.Equal([1.67m, 3.34m, 5m], shares.Select(s => (decimal)s["amount"]!));
    }

    [Fact]
    public void Evaluate_SamePartyTwice_IsAnError()
    {
        object[] parties = [Yaml.Inputs(("id", "a"), ("w", 1)), Yaml.Inputs(("id", "a"), ("w", 2))];

        Assert.Equal("duplicate-key", Assert.Throws<RulesetException>(() => Ruleset.Parse(Document("weight: p.w")).Evaluate(Yaml.Inputs(("parties", parties), ("amount", 1)))).Diagnostics[0].Code);
    }

    private static string Document(string rule) => Yaml.Head + $$"""
        types:
          party: { id: text, w: number }
          share: { key: text, share: number, amount: number }
        inputs: { parties: { type: list of party }, amount: { type: number } }
        outputs: { shares: { type: list of share } }
        sections:
          - id: split
            allocation:
              into: shares
              over: p in parties
              key: p.id
              amount: amount
              {{rule}}
        """;
}
