using Ecosystem.Rules.Fluent.Dsl;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Tests.Production.Compatibility;

public class LinkedFactTests
{
    [Fact]
    public void Yield_LinkedFact_TellsItsSourceAndCannotBeChangedDirectly()
    {
        Partner partner = null!;
        var fixture = new RuleFixture(new LambdaRule("Tiering", r =>
        {
            r.When().Match(() => partner);
            r.Then().Yield(ctx => new Tier(partner.Id, "Gold"));
        }));
        IFact? linked = null;
        fixture.Session.Events.FactInsertedEvent += (_, e) => linked = e.Fact;
        var fact = new Partner { Id = 1 };
        fixture.Session.Insert(fact);
        fixture.Session.Fire();
        Assert.Equal(typeof(Tier), linked!.Type);
        var source = Assert.IsType<ILinkedFactSource>(linked.Source, exactMatch: false);
        Assert.Equal(FactSourceType.Linked, source.SourceType);
        Assert.Same(fact, Assert.Single(source.Facts).Value);
        Assert.Equal("Tiering", source.Rule.Name);
        var tiers = fixture.Session.Query<Tier>();
        Assert.Throws<ArgumentException>(() => fixture.Session.UpdateAll(tiers));
        Assert.Throws<ArgumentException>(() => fixture.Session.RetractAll(tiers));
        Assert.False(fixture.Session.TryUpdate(tiers.Single()));
        Assert.Equal(1, fixture.Session.TryRetractAll(tiers).FailedCount);
    }

    [Fact]
    public void Yield_ThrowsThenMatchIsUpdated_YieldsThen()
    {
        Partner partner = null!;
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When().Match(() => partner);
            r.Then().Yield(ctx => Create(partner));
        }));
        var fact = new Partner { Score = -1 };
        fixture.Session.Insert(fact);
        Assert.Throws<RuleRhsExpressionEvaluationException>(() => fixture.Session.Fire());
        Assert.Empty(fixture.Session.Query<Tier>());
        fact.Score = 1;
        fixture.Session.Update(fact);
        fixture.Session.Fire();
        Assert.Single(fixture.Session.Query<Tier>());
    }

    [Fact]
    public void Yield_ThatFeedsItsOwnRule_SettlesAndIsWithdrawn()
    {
        var fixture = new RuleFixture(new SelfFeedingRule());
        Deal[] deals = [new Deal { PartnerId = 1 }, new Deal { PartnerId = 2 }];
        fixture.Session.InsertAll(deals);
        fixture.Session.Fire();
        Assert.Equal(2, fixture.Session.Query<Tier>().Count());
        fixture.Session.Retract(deals[0]);
        fixture.Session.Retract(deals[1]);
        Assert.Equal(3, fixture.FiredCount);
        Assert.Empty(fixture.Session.Query<Tier>());
    }

    [Fact]
    public void PropagateLinked_NotAutomatic_SetsAreKeptUntilAsked()
    {
        Partner partner = null!;
        Tier tier = null!;
        var fixture = new RuleFixture(
            new LambdaRule("Tiering", r =>
            {
                r.When().Match(() => partner, p => p.Region != "none");
                r.Filter().OnChange(() => partner.Region);
                r.Then().Do(ctx => Link(ctx, partner));
            }),
            new LambdaRule("Greeting", r =>
            {
                r.When().Match(() => tier, t => t.Name != "refused");
                r.Then().Do(ctx => LambdaRule.NoOp(ctx, tier));
            }));
        fixture.Session.AutoPropagateLinkedFacts = false;
        Partner[] partners = [.. Enumerable.Range(1, 9).Select(i => new Partner { Id = i, Region = i < 4 ? "refused" : "EMEA" })];
        fixture.Session.InsertAll(partners);
        Assert.Equal(9, fixture.Session.Fire());
        var inserted = Assert.Single(fixture.Session.PropagateLinked().ToList());
        Assert.Equal((LinkedFactAction.Insert, 9), (inserted.Action, inserted.FactCount));
        Assert.Equal(9, inserted.Facts.Count());
        Assert.Equal(6, fixture.Session.Fire());
        for (var i = 0; i < 9; i++)
        {
            partners[i].Region = i < 7 ? "APAC" : "drop";
        }

        fixture.Session.UpdateAll(partners);
        fixture.Session.Fire();
        var sets = fixture.Session.PropagateLinked().ToList();
        Assert.Equal([LinkedFactAction.Update, LinkedFactAction.Retract], sets.Select(s => s.Action));
        Assert.Equal([7, 2], sets.Select(s => s.FactCount));
        Assert.Equal(7, fixture.Session.Fire());
    }

    [Fact]
    public void LinkedKeys_SeveralAtOnce_AreKeptApart()
    {
        Partner partner = null!;
        var seen = new List<string>();
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When().Match(() => partner);
            r.Then().Do(ctx => LinkTwo(ctx, seen));
        }));
        var fact = new Partner { Id = 1 };
        fixture.Session.Insert(fact);
        fixture.Session.Fire();
        fixture.Session.Update(fact);
        fixture.Session.Fire();
        Assert.Equal(["", "a,b"], seen);
        Assert.Equal(["a2", "b2"], fixture.Session.Query<Alert>().Select(a => a.Text).Order());
        fixture.Session.Retract(fact);
        Assert.Empty(fixture.Session.Query<object>());
    }

    private static Tier Create(Partner partner) => partner.Score < 0 ? throw new InvalidOperationException() : new Tier(partner.Id, "Gold");

    private static void Link(IContext context, Partner partner)
    {
        var linked = context.GetLinked("tier");
        if (linked is null)
        {
            context.InsertLinked("tier", new Tier(partner.Id, partner.Region));
        }
        else if (partner.Region == "drop")
        {
            context.RetractLinked("tier", linked);
        }
        else
        {
            context.UpdateLinked("tier", new Tier(partner.Id, partner.Region));
        }
    }

    private static void LinkTwo(IContext context, List<string> seen)
    {
        var keys = context.GetLinkedKeys().ToList();
        seen.Add(string.Join(',', keys));
        var version = keys.Count == 0 ? "1" : "2";
        KeyValuePair<object, object>[] facts = [new("a", new Alert("a" + version)), new("b", new Alert("b" + version))];
        if (keys.Count == 0)
        {
            context.InsertAllLinked(facts);
        }
        else
        {
            context.UpdateAllLinked(facts);
        }
    }

    private sealed class SelfFeedingRule : Rule
    {
        public override void Define()
        {
            IGrouping<int, Deal> deals = null!;
            IEnumerable<Tier> others = null!;
            Alert projection = null!;
            When()
                .Query(() => deals, q => q.Match<Deal>().GroupBy(d => d.PartnerId))
                .Query(() => others, q => q.Match<Tier>(t => t.PartnerId != deals.Key).Collect())
                .Query(() => projection, q => q.Match<Partner>().Collect().Select(c => new Alert("none")));
            Filter().OnChange(() => others.Count());
            Then().Yield(ctx => new Tier(deals.Key, "Gold"));
        }
    }
}
