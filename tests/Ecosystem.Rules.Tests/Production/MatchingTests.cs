using Ecosystem.Rules.RuleModel;
using Ecosystem.Rules.RuleModel.Builders;

namespace Ecosystem.Rules.Tests.Production;

public class MatchingTests
{
    [Fact]
    public void Match_FactSatisfiesConditions_FiresOnce()
    {
        Partner partner = null!;
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When().Match(() => partner, p => p.Score > 50, p => p.Region == "EMEA");
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, partner));
        }));
        var good = new Partner { Id = 1, Score = 60 };
        fixture.Session.Insert(good);
        fixture.Session.Insert(new Partner { Id = 2, Score = 40 });
        fixture.Session.Insert(new Partner { Id = 3, Score = 60, Region = "APAC" });

        Assert.Equal(1, fixture.Session.Fire());
        Assert.Same(good, fixture.Fired<Partner>(0));
        Assert.Equal(0, fixture.Session.Fire());
    }

    [Fact]
    public void Update_StillMatches_FiresAgain()
    {
        var fixture = new RuleFixture(ScoreRule());
        var partner = new Partner { Score = 60 };
        fixture.Session.Insert(partner);
        fixture.Session.Fire();
        fixture.Session.Update(partner);
        fixture.Session.Update(partner);

        Assert.Equal(1, fixture.Session.Fire());
    }

    [Fact]
    public void Update_NoLongerMatches_DoesNotFire()
    {
        var fixture = new RuleFixture(ScoreRule());
        var partner = new Partner { Score = 60 };
        fixture.Session.Insert(partner);
        partner.Score = 10;
        fixture.Session.Update(partner);
        Assert.Equal(0, fixture.Session.Fire());
        partner.Score = 70;
        fixture.Session.Update(partner);
        Assert.Equal(1, fixture.Session.Fire());
    }

    [Fact]
    public void Retract_BeforeFiring_DoesNotFire()
    {
        var fixture = new RuleFixture(ScoreRule());
        var partner = new Partner { Score = 60 };
        fixture.Session.Insert(partner);
        fixture.Session.Retract(partner);
        Assert.Equal(0, fixture.Session.Fire());
        Assert.Empty(fixture.Session.Query<object>());
    }

    [Fact]
    public void Match_DerivedFact_MatchesBasePattern()
    {
        Deal deal = null!;
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When().Match(() => deal, d => d.Amount > 0);
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, deal));
        }));
        fixture.Session.InsertAll([new StrategicDeal { Amount = 1 }, new Deal { Amount = 1 }, new Partner()]);
        Assert.Equal(2, fixture.Session.Fire());
    }

    [Fact]
    public void Join_OnKey_FiresPartnerByPartnerInInsertionOrder()
    {
        var fixture = new RuleFixture(JoinRule());
        fixture.Session.InsertAll([Partner(1), Partner(2)]);
        fixture.Session.InsertAll([Deal(10, 2), Deal(11, 1), Deal(12, 2), Deal(13, 3)]);
        fixture.Session.Fire();
        Assert.Equal([11, 10, 12], fixture.AllFired<Deal>().Select(d => d.Id));
    }

    [Fact]
    public void Join_PartnerAfterDeals_FiresInOrderOfDeals()
    {
        var fixture = new RuleFixture(JoinRule());
        fixture.Session.InsertAll([Deal(10, 2), Deal(11, 1), Deal(12, 2)]);
        fixture.Session.InsertAll([Partner(2), Partner(1)]);
        fixture.Session.Fire();
        Assert.Equal([10, 12, 11], fixture.AllFired<Deal>().Select(d => d.Id));
    }

    [Fact]
    public void Join_KeyChanges_MovesToOtherPartner()
    {
        var fixture = new RuleFixture(JoinRule());
        var deal = Deal(10, 1);
        fixture.Session.InsertAll([Partner(1), Partner(2), deal]);
        fixture.Session.Fire();
        Assert.Equal(1, fixture.Fired<Partner>(0).Id);
        deal.PartnerId = 2;
        fixture.Session.Update(deal);
        Assert.Equal(1, fixture.Session.Fire());
        Assert.Equal(2, fixture.Fired<Partner>(1).Id);
        deal.PartnerId = 7;
        fixture.Session.Update(deal);
        Assert.Equal(0, fixture.Session.Fire());
    }

    [Fact]
    public void Join_LeftKeyChanges_MovesToOtherDeals()
    {
        var fixture = new RuleFixture(JoinRule());
        var partner = Partner(1);
        fixture.Session.InsertAll([partner, Deal(10, 1), Deal(11, 2)]);
        fixture.Session.Fire();
        partner.Id = 2;
        fixture.Session.Update(partner);
        Assert.Equal(1, fixture.Session.Fire());
        Assert.Equal(11, fixture.Fired<Deal>(1).Id);
    }

    [Fact]
    public void Join_WithInequality_EvaluatesEachPair()
    {
        Partner partner = null!;
        Deal deal = null!;
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When()
                .Match(() => partner)
                .Match(() => deal, d => d.PartnerId == partner.Id, d => d.Amount > partner.Score);
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, partner, deal));
        }));
        var deal1 = Deal(1, 1, 10);
        fixture.Session.InsertAll([Partner(1, 15), deal1, Deal(2, 1, 20)]);
        fixture.Session.Fire();
        Assert.Equal([2], fixture.AllFired<Deal>().Select(d => d.Id));
        deal1.Amount = 30;
        fixture.Session.Update(deal1);
        fixture.Session.Fire();
        Assert.Equal([2, 1], fixture.AllFired<Deal>().Select(d => d.Id));
        deal1.Amount = 1;
        fixture.Session.Update(deal1);
        Assert.Equal(0, fixture.Session.Fire());
    }

    [Fact]
    public void Join_NullKeys_MatchEachOther()
    {
        Partner first = null!;
        Partner second = null!;
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When().Match(() => first, p => p.Id == 1).Match(() => second, p => p.Id == 2, p => p.Name == first.Name);
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, first, second));
        }));
        fixture.Session.InsertAll([Partner(1), Partner(2)]);
        Assert.Equal(1, fixture.Session.Fire());
    }

    [Fact]
    public void Join_ByReference_UsesIdentityOfTheObject()
    {
        Holder left = null!;
        Holder right = null!;
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When().Match(() => left, h => h.Id == 1).Match(() => right, h => h.Id == 2, h => h.Partner == left.Partner);
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, left, right));
        }));
        var partner = Partner(1);
        fixture.Session.InsertAll([new Holder(1, partner), new Holder(2, partner), new Holder(2, Partner(1))]);
        Assert.Equal(1, fixture.Session.Fire());
    }

    [Fact]
    public void Not_FactAppearsAndDisappears_MatchesWhileAbsent()
    {
        Partner partner = null!;
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When().Match(() => partner).Not<Deal>(d => d.PartnerId == partner.Id, d => d.Amount > partner.Score);
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, partner));
        }));
        var deal1 = Deal(1, 1, 10);
        var deal2 = Deal(2, 1, 10);
        fixture.Session.InsertAll([Partner(1), Partner(2)]);
        fixture.Session.InsertAll([deal1, deal2]);
        fixture.Session.Fire();
        Assert.Equal([2], fixture.AllFired<Partner>().Select(p => p.Id));
        fixture.Session.Retract(deal1);
        Assert.Equal(0, fixture.Session.Fire());
        deal2.Amount = 0;
        fixture.Session.Update(deal2);
        fixture.Session.Fire();
        Assert.Equal([2, 1], fixture.AllFired<Partner>().Select(p => p.Id));
    }

    [Fact]
    public void Exists_SeveralFacts_FiresOncePerPartner()
    {
        Partner partner = null!;
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When().Match(() => partner).Exists<Deal>(d => d.PartnerId == partner.Id);
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, partner));
        }));
        fixture.Session.InsertAll([Deal(1, 1), Deal(2, 1), Partner(1), Partner(2)]);
        Assert.Equal(1, fixture.Session.Fire());
        fixture.Session.Insert(Deal(3, 2));
        Assert.Equal(1, fixture.Session.Fire());
    }

    [Fact]
    public void Not_FirstInRule_MatchesEmptySession()
    {
        Partner partner = null!;
        var fixture = new RuleFixture(
            new LambdaRule("Empty", r =>
            {
                r.When().Not<Deal>();
                r.Then().Do(ctx => LambdaRule.NoOp(ctx));
            }),
            new LambdaRule("Then", r =>
            {
                r.When().Not<Deal>(d => d.Amount > 5).Match(() => partner);
                r.Then().Do(ctx => LambdaRule.NoOp(ctx, partner));
            }));
        fixture.Session.Insert(Partner(1));
        fixture.Session.Fire();
        Assert.Equal("Empty Then", fixture.Trace);
        var deal = Deal(1, 1, 10);
        fixture.Session.Insert(deal);
        fixture.Session.Insert(Partner(2));
        Assert.Equal(0, fixture.Session.Fire());
        fixture.Session.Retract(deal);
        Assert.Equal(3, fixture.Session.Fire());
    }

    [Fact]
    public void All_OneFactViolates_DoesNotMatch()
    {
        Partner partner = null!;
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When().Match(() => partner).All<Deal>(d => d.PartnerId == partner.Id, d => d.Stage == "Won", d => d.Amount > partner.Score);
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, partner));
        }));
        var bad = Deal(2, 1, 1);
        fixture.Session.InsertAll([Partner(1, 5), Partner(2), Deal(1, 1, 10), bad]);
        fixture.Session.Fire();
        Assert.Equal([2], fixture.AllFired<Partner>().Select(p => p.Id));
        bad.Amount = 6;
        fixture.Session.Update(bad);
        fixture.Session.Fire();
        Assert.Equal([2, 1], fixture.AllFired<Partner>().Select(p => p.Id));
    }

    [Fact]
    public void Or_BothBranchesMatch_FiresForEach()
    {
        Partner partner = null!;
        Deal deal = null!;
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When().Match(() => partner).Or(x => x
                .Match<Deal>(d => d.Amount > 100)
                .And(y => y.Match<Tier>(t => t.Name == "Gold").Match(() => deal, d => d.Amount < 5)));
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, partner, deal));
        }));
        fixture.Session.InsertAll([Partner(1), new Tier(1, "Gold"), Deal(1, 1, 1), Deal(2, 1, 200)]);
        Assert.Equal(2, fixture.Session.Fire());
    }

    [Fact]
    public void NestedNot_GroupOfJoinedPatterns_MatchesWhenNoCombinationExists()
    {
        var builder = new RuleModel.Builders.RuleBuilder();
        builder.Name("NestedNot");
        builder.LeftHandSide().Pattern(typeof(Partner), "partner");
        var group = builder.LeftHandSide().Not().Group(GroupType.And);
        System.Linq.Expressions.Expression<Func<Deal, Partner, bool>> join = (deal, partner) => deal.PartnerId == partner.Id;
        System.Linq.Expressions.Expression<Func<Tier, Deal, bool>> tierJoin = (tier, deal) => tier.PartnerId == deal.PartnerId;
        group.Pattern(typeof(Deal), "deal").Condition(join);
        group.Pattern(typeof(Tier), "tier").Condition(tierJoin);
        var fired = 0;
        System.Linq.Expressions.Expression<Action<IContext, Partner>> action = (ctx, partner) => Count(ref fired);
        builder.RightHandSide().Action((System.Linq.Expressions.Expression<Action<IContext>>)(ctx => LambdaRule.NoOp(ctx)));
        var session = new RuleCompiler().Compile([builder.Build()]).CreateSession();
        var tier = new Tier(1, "Gold");
        session.InsertAll([Partner(1), Partner(2), Deal(1, 1), tier]);
        Assert.Equal(1, session.Fire());
        session.Retract(tier);
        Assert.Equal(1, session.Fire());
        session.Insert(tier);
        Assert.Equal(0, session.Fire());
    }

    [Fact]
    public void Let_AndHaving_CalculateAndFilter()
    {
        Partner partner = null!;
        var doubled = 0;
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When().Match(() => partner).Let(() => doubled, () => partner.Score * 2).Having(() => doubled > 10);
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, partner, doubled));
        }));
        var partner1 = Partner(1, 4);
        fixture.Session.InsertAll([partner1, Partner(2, 6)]);
        fixture.Session.Fire();
        Assert.Equal(12, fixture.Fired<int>(0));
        partner1.Score = 10;
        fixture.Session.Update(partner1);
        fixture.Session.Fire();
        Assert.Equal(20, fixture.Fired<int>(1));
    }

    private static void Count(ref int counter) => counter++;

    private static LambdaRule ScoreRule() => new("Score", r =>
    {
        Partner partner = null!;
        r.When().Match(() => partner, p => p.Score > 50);
        r.Then().Do(ctx => LambdaRule.NoOp(ctx, partner));
    });

    private static LambdaRule JoinRule() => new("Join", r =>
    {
        Partner partner = null!;
        Deal deal = null!;
        r.When().Match(() => partner).Match(() => deal, d => d.PartnerId == partner.Id);
        r.Then().Do(ctx => LambdaRule.NoOp(ctx, partner, deal));
    });

    private static Partner Partner(int id, int score = 0) => new() { Id = id, Score = score };

    private static Deal Deal(int id, int partner, int amount = 1) => new() { Id = id, PartnerId = partner, Amount = amount };

    private sealed record Holder(int Id, Partner Partner);
}
