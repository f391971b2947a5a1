using Ecosystem.Rules.Fluent.Dsl;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Tests.Production.Compatibility;

/// <summary>Topics of matching that rules written for NRules rely on.</summary>
public class MatchingTopicsTests
{
    [Fact]
    public void Or_VariablesOfOtherBranches_AreNullInBindingsFiltersAndActions()
    {
        var rule = new EitherRule();
        var fixture = new RuleFixture(rule);
        fixture.Session.Insert(new Partner { Name = "partner" });
        fixture.Session.Insert(new Deal { Stage = "deal" });
        Assert.Equal(2, fixture.Session.Fire());
        Assert.Equal(["partner True False", "deal False True"], rule.Seen);
        Assert.Equal(["partner", "deal"], fixture.AllFired<string>());
    }

    [Fact]
    public void Flatten_FactsWithAnIdentity_FollowUpdatesThatReplaceThem()
    {
        IGrouping<string, Item> group = null!;
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When().Query(() => group, q => q
                .Match<Item>(i => i.Id != 0)
                .GroupBy(i => i.First)
                .Where(g => g.Select(i => i.Id).Distinct().Count() > 1)
                .SelectMany(g => g)
                .GroupBy(i => i.Second));
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, group));
        }));
        fixture.Session.InsertAll([new Item(1, 1, "a", "x"), new Item(2, 1, "b", "x"), new Item(3, 1, "b", "z"), new Item(4, 1, "a", "y")]);
        fixture.Session.UpdateAll([new Item(1, 2, "a", "x"), new Item(2, 3, "b", "x"), new Item(3, 1, "b", "x"), new Item(4, 1, "a", "x")]);
        Assert.Equal(1, fixture.Session.Fire());
        Assert.Equal([1, 1, 2, 3], fixture.Fired<IGrouping<string, Item>>(0).Select(i => i.Count).Order());
    }

    [Fact]
    public void Flatten_GroupsThatGrowShrinkAndMove_FireForEachItemInOrder()
    {
        Deal deal = null!;
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When().Query(() => deal, q => q
                .Match<Deal>(d => d.Amount > 0)
                .GroupBy(d => d.Stage)
                .Where(g => g.Count() > 1)
                .SelectMany(g => g));
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, deal));
        }));
        Deal[] deals = [.. Enumerable.Range(1, 4).Select(i => new Deal { Id = i, Amount = 1, Stage = i < 3 ? "Won" : "Lost" })];
        fixture.Session.InsertAll(deals);
        deals[3].Stage = "Won";
        fixture.Session.Update(deals[3]);
        fixture.Session.Fire();
        Assert.Equal([1, 2, 4], fixture.AllFired<Deal>().Select(d => d.Id).Order());
        fixture.Forget();
        fixture.Session.Retract(deals[1]);
        fixture.Session.Update(deals[0]);
        fixture.Session.Insert(deals[1]);
        fixture.Session.Fire();
        Assert.Equal([1, 2, 4], fixture.AllFired<Deal>().Select(d => d.Id).Order());
    }

    [Fact]
    public void Identity_RecordsWithAnIdentity_AreUpdatedRetractedAndRefusedByIt()
    {
        Item item = null!;
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When().Match(() => item, i => i.Count > 1);
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, item));
        }));
        fixture.Session.Insert(new Item(1, 0, "a", "a"));
        Assert.Throws<ArgumentException>(() => fixture.Session.Insert(new Item(1, 5, "b", "b")));
        fixture.Session.Update(new Item(1, 2, "c", "c"));
        Assert.Equal(1, fixture.Session.Fire());
        Assert.Equal(2, fixture.Fired<Item>(0).Count);
        fixture.Session.Retract(new Item(1, 9, "d", "d"));
        Assert.Empty(fixture.Session.Query<Item>());
    }

    [Fact]
    public void Action_RetractsWhatItMatches_FiresOnceForEach()
    {
        Partner partner = null!;
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When().Match(() => partner);
            r.Then().Do(ctx => ctx.TryRetract(partner)).Do(ctx => ctx.TryUpdate(partner));
        }));
        fixture.Session.InsertAll([new Partner(), new Partner()]);
        Assert.Equal(2, fixture.Session.Fire());
        Assert.Empty(fixture.Session.Query<Partner>());
    }

    [Fact]
    public void Query_UpdateBeforeFiring_CalculatesAnew()
    {
        Partner partner = null!;
        IEnumerable<Deal> deals = null!;
        Alert alert = null!;
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When()
                .Match(() => partner)
                .Query(() => deals, q => q.Match<Deal>(d => d.Amount > 0).Select(d => d).Collect())
                .Let(() => alert, () => new Alert(partner.Name!));
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, alert));
        }));
        var fact = new Partner { Name = "before" };
        fixture.Session.Insert(fact);
        fixture.Session.Insert(new Deal { Amount = 1 });
        fact.Name = "after";
        fixture.Session.Update(fact);
        Assert.Equal(1, fixture.Session.Fire());
        Assert.Equal("after", fixture.Fired<Alert>(0).Text);
    }

    [Fact]
    public void Fire_SameFactInTwoPatterns_MatchesItselfUnlessToldNotTo()
    {
        Partner first = null!;
        Partner second = null!;
        var fixture = new RuleFixture(
            new LambdaRule("All", r =>
            {
                r.When().Match(() => first).Match(() => second, p => p.Region == first.Region);
                r.Then().Do(ctx => LambdaRule.NoOp(ctx, first, second));
            }),
            new LambdaRule("Others", r =>
            {
                r.When().Match(() => first).Match(() => second, p => p != first, p => p.Region == first.Region);
                r.Then().Do(ctx => LambdaRule.NoOp(ctx, first, second));
            }));
        fixture.Session.InsertAll([new Partner(), new Partner()]);
        fixture.Session.Fire();
        Assert.Equal("All All All All Others Others", fixture.Trace);
    }

    [Fact]
    public void GroupBy_KeyThatIsAnObject_IsComparedByEquality()
    {
        IGrouping<object, Deal> group = null!;
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When().Query(() => group, q => q.Match<Deal>().GroupBy(d => new { d.PartnerId, d.Stage }));
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, group));
        }));
        fixture.Session.InsertAll([new Deal { PartnerId = 1 }, new Deal { PartnerId = 1 }, new Deal { PartnerId = 2 }]);
        Assert.Equal(2, fixture.Session.Fire());
    }

    private sealed class EitherRule : Rule
    {
        public List<string> Seen { get; } = [];

        public override void Define()
        {
            Partner partner = null!;
            Deal deal = null!;
            string value = null!;
            When()
                .Or(x => x.Match(() => partner).Match(() => deal))
                .Let(() => value, () => ValueOf(partner, deal));
            Filter().Where(() => ValueOf(partner, deal).Length > 0).OnChange(() => ValueOf(partner, deal));
            Then().Do(ctx => See(value, partner, deal));
        }

        private static string ValueOf(Partner? partner, Deal? deal) => partner?.Name ?? deal!.Stage;

        private void See(string value, Partner? partner, Deal? deal) => Seen.Add($"{value} {partner is not null} {deal is not null}");
    }

    private sealed record Item(int Id, int Count, string First, string Second) : IIdentityProvider
    {
        public object GetIdentity() => Id;
    }
}
