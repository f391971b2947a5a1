using Ecosystem.Rules.Fluent.Dsl;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Tests.Production;

public class QueryTests
{
    [Fact]
    public void Collect_NoFacts_FiresWithEmptyCollection()
    {
        IEnumerable<Deal> deals = null!;
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When().Query(() => deals, q => q.Match<Deal>(d => d.Amount > 5).Collect());
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, deals));
        }));
        Assert.Equal(1, fixture.Session.Fire());
        Assert.Empty(fixture.Fired<IEnumerable<Deal>>(0));
        fixture.Session.InsertAll([Deal(1, 1, 10), Deal(2, 1, 1), Deal(3, 1, 7)]);
        Assert.Equal(1, fixture.Session.Fire());
        Assert.Equal([1, 3], fixture.Fired<IEnumerable<Deal>>(1).Select(d => d.Id));
    }

    [Fact]
    public void Collect_PerPartner_FollowsInsertUpdateRetract()
    {
        Partner partner = null!;
        IEnumerable<Deal> deals = null!;
        var totals = new List<string>();
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When()
                .Match(() => partner)
                .Query(() => deals, q => q
                    .Match<Deal>(d => d.PartnerId == partner.Id, d => d.Stage == "Won")
                    .Collect()
                    .Where(c => c.Sum(d => d.Amount) > 10));
            r.Then().Do(ctx => totals.Add(partner.Id + ":" + deals.Sum(d => d.Amount)));
        }));
        var deal1 = Deal(1, 1, 6);
        var deal2 = Deal(2, 1, 6);
        fixture.Session.InsertAll([Partner(1), Partner(2), deal1, deal2, Deal(3, 2, 5)]);
        fixture.Session.Fire();
        Assert.Equal(["1:12"], totals);
        deal2.PartnerId = 2;
        fixture.Session.Update(deal2);
        fixture.Session.Fire();
        Assert.Equal(["1:12", "2:11"], totals);
        fixture.Session.Retract(deal2);
        Assert.Equal(0, fixture.Session.Fire());
        fixture.Session.Insert(Deal(4, 2, 20));
        fixture.Session.Fire();
        Assert.Equal(["1:12", "2:11", "2:25"], totals);
    }

    [Fact]
    public void GroupBy_SeveralGroups_FiresOncePerGroupInOrderOfAppearance()
    {
        IGrouping<int, Deal> group = null!;
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When().Query(() => group, q => q.Match<Deal>().GroupBy(d => d.PartnerId).Where(g => g.Count() > 1));
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, group));
        }));
        var moving = Deal(5, 3);
        fixture.Session.InsertAll([Deal(1, 2), Deal(2, 1), Deal(3, 1), Deal(4, 2), moving]);
        fixture.Session.Fire();
        Assert.Equal([2, 1], fixture.AllFired<IGrouping<int, Deal>>().Select(g => g.Key));
        moving.PartnerId = 1;
        fixture.Session.Update(moving);
        fixture.Session.Fire();
        Assert.Equal(1, fixture.Fired<IGrouping<int, Deal>>(2).Key);
        Assert.Equal([2, 3, 5], fixture.Fired<IGrouping<int, Deal>>(2).Select(d => d.Id));
    }

    [Fact]
    public void GroupBy_WithElementSelector_GroupsProjections()
    {
        IEnumerable<int> group = null!;
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When().Query(() => group, q => q.Match<Deal>().GroupBy(d => d.PartnerId, d => d.Amount));
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, group));
        }));
        fixture.Session.InsertAll([Deal(1, 1, 5), Deal(2, 1, 7)]);
        fixture.Session.Fire();
        Assert.Equal([5, 7], fixture.Fired<IGrouping<int, int>>(0));
    }

    [Fact]
    public void Select_UpdatedFact_UpdatesProjection()
    {
        var amount = 0;
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When().Query(() => amount, q => q.Match<Deal>().Select(d => d.Amount).Where(a => a > 5));
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, amount));
        }));
        var deal = Deal(1, 1, 3);
        fixture.Session.InsertAll([deal, Deal(2, 1, 8)]);
        fixture.Session.Fire();
        deal.Amount = 9;
        fixture.Session.Update(deal);
        fixture.Session.Fire();
        Assert.Equal([8, 9], fixture.AllFired<int>());
    }

    [Fact]
    public void SelectMany_SharedItems_AreOneFactEach()
    {
        string tag = null!;
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When().Query(() => tag, q => q.Match<Deal>().SelectMany(d => d.Tags));
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, tag));
        }));
        var first = new Deal { Id = 1, Tags = ["a", "b"] };
        var second = new Deal { Id = 2, Tags = ["b", "c"] };
        fixture.Session.InsertAll([first, second]);
        fixture.Session.Fire();
        Assert.Equal(["a", "b", "c"], fixture.AllFired<string>());
        fixture.Forget();
        second.Tags = ["d"];
        fixture.Session.Update(second);
        fixture.Session.Fire();
        Assert.Equal(["d"], fixture.AllFired<string>());
    }

    [Fact]
    public void OrderBy_ThenByDescending_SortsAndKeepsSorted()
    {
        IEnumerable<Deal> deals = null!;
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When().Query(() => deals, q => q
                .Match<Deal>().Collect().OrderBy(d => d.PartnerId).ThenByDescending(d => d.Amount).Where(c => c.Any()));
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, deals));
        }));
        var moving = Deal(3, 3, 1);
        fixture.Session.InsertAll([Deal(1, 2, 5), Deal(2, 1, 5), moving, Deal(4, 2, 9)]);
        fixture.Session.Fire();
        Assert.Equal([2, 4, 1, 3], fixture.Fired<IEnumerable<Deal>>(0).Select(d => d.Id));
        moving.PartnerId = 0;
        fixture.Session.Update(moving);
        fixture.Session.Fire();
        Assert.Equal([3, 2, 4, 1], fixture.Fired<IEnumerable<Deal>>(1).Select(d => d.Id));
    }

    [Fact]
    public void ToLookup_GivesKeysAndElements()
    {
        IKeyedLookup<int, int> lookup = null!;
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When().Query(() => lookup, q => q.Match<Deal>().Collect().ToLookup(d => d.PartnerId, d => d.Amount));
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, lookup));
        }));
        var deal = Deal(3, 2, 7);
        fixture.Session.InsertAll([Deal(1, 1, 5), Deal(2, 1, 6), deal]);
        fixture.Session.Fire();
        var result = fixture.Fired<IKeyedLookup<int, int>>(0);
        Assert.Equal([1, 2], result.Keys);
        Assert.Equal([5, 6], result[1]);
        Assert.Empty(result[9]);
        fixture.Session.Retract(deal);
        Assert.Equal([1], result.Keys);
    }

    [Fact]
    public void NestedQuery_GroupThenSelectThenCollect_WorksTogetherWithJoin()
    {
        Partner partner = null!;
        IEnumerable<int> totals = null!;
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When()
                .Match(() => partner)
                .Query(() => totals, q => q
                    .Match<Deal>(d => d.PartnerId == partner.Id)
                    .GroupBy(d => d.Stage)
                    .Select(g => g.Sum(d => d.Amount))
                    .Where(t => t > 5)
                    .Collect()
                    .Where(c => c.Any()));
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, partner, totals));
        }));
        fixture.Session.InsertAll([Partner(1), Partner(2)]);
        fixture.Session.InsertAll(
        [
            Deal(1, 1, 4), Deal(2, 1, 3), new Deal { Id = 3, PartnerId = 1, Stage = "Lost", Amount = 9 }, Deal(4, 2, 1),
        ]);
        fixture.Session.Fire();
        Assert.Equal(1, fixture.FiredCount);
        Assert.Equal([7, 9], fixture.Fired<IEnumerable<int>>(0));
    }

    [Fact]
    public void Query_From_AggregatesACalculatedCollection()
    {
        IEnumerable<Deal> all = null!;
        IGrouping<int, Deal> group = null!;
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When()
                .Query(() => all, q => q.Match<Deal>().Collect())
                .Query(() => group, q => q.From(() => all).SelectMany(x => x).GroupBy(d => d.PartnerId).Where(g => g.Count() > 1));
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, group));
        }));
        fixture.Session.InsertAll([Deal(1, 1), Deal(2, 2), Deal(3, 2)]);
        fixture.Session.Fire();
        Assert.Equal([2], fixture.AllFired<IGrouping<int, Deal>>().Select(g => g.Key));
    }

    [Fact]
    public void Join_AfterAggregate_MatchesGroupWithFact()
    {
        IGrouping<int, Deal> group = null!;
        Partner partner = null!;
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When()
                .Query(() => group, q => q.Match<Deal>().GroupBy(d => d.PartnerId))
                .Match(() => partner, p => p.Id == group.Key, p => group.Sum(d => d.Amount) > p.Score);
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, group, partner));
        }));
        fixture.Session.InsertAll([Deal(1, 1, 5), Deal(2, 2, 5), Partner(1, 1), Partner(2, 100)]);
        fixture.Session.Fire();
        Assert.Equal([1], fixture.AllFired<Partner>().Select(p => p.Id));
        fixture.Session.Insert(Deal(3, 2, 200));
        fixture.Session.Fire();
        Assert.Equal([1, 2], fixture.AllFired<Partner>().Select(p => p.Id));
    }

    private static Partner Partner(int id, int score = 0) => new() { Id = id, Score = score };

    private static Deal Deal(int id, int partner, int amount = 1) => new() { Id = id, PartnerId = partner, Amount = amount };
}
