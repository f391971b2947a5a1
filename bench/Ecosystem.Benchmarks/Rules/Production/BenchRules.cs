using Ecosystem.Rules.Fluent.Dsl;
using static Ecosystem.Benchmarks.Rules.Production.BenchFacts;

namespace Ecosystem.Benchmarks.Rules.Production;

/// <summary>Rules of the benchmarks. Their actions only count.</summary>
internal static class BenchRules
{
    public static long Hits { get; private set; }

    public static void Hit() => Hits++;

    public sealed class HighScore : Rule
    {
        public override void Define()
        {
            Partner partner = null!;
            When().Match(() => partner, p => p.Score > 50);
            Then().Do(ctx => Hit());
        }
    }

    public sealed class WonInRegion : Rule
    {
        public override void Define()
        {
            Partner partner = null!;
            Deal deal = null!;
            When()
                .Match(() => partner, p => p.Region == "EMEA")
                .Match(() => deal, d => d.PartnerId == partner.Id, d => d.Stage == "Won");
            Then().Do(ctx => Hit());
        }
    }

    public sealed class BigPartner : Rule
    {
        public override void Define()
        {
            IGrouping<int, Deal> group = null!;
            When().Query(() => group, q => q
                .Match<Deal>(d => d.Stage == "Won")
                .GroupBy(d => d.PartnerId)
                .Where(g => g.Sum(d => d.Amount) > 100000));
            Then().Do(ctx => Hit());
        }
    }

    public sealed class CollectWon : Rule
    {
        public override void Define()
        {
            Partner partner = null!;
            IEnumerable<Deal> deals = null!;
            When()
                .Match(() => partner)
                .Query(() => deals, q => q
                    .Match<Deal>(d => d.PartnerId == partner.Id, d => d.Stage == "Won")
                    .Collect()
                    .Where(c => c.Sum(d => d.Amount) > 0));
            Then().Do(ctx => Hit());
        }
    }

    /// <summary>One of many rules over partners and deals; each has conditions of its own.</summary>
    public sealed class Lifecycle(int number) : Rule
    {
        public override void Define()
        {
            Partner partner = null!;
            Deal deal = null!;
            var score = number % 97;
            var amount = 49000 + (number * 5 % 1000);
            Name("Lifecycle " + number);
            When()
                .Match(() => partner, p => p.Score == score)
                .Match(() => deal, d => d.PartnerId == partner.Id, d => d.Amount > amount);
            Then().Do(ctx => Hit());
        }
    }
}
