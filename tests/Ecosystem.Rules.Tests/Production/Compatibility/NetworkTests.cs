using Ecosystem.Rules.Diagnostics;
using Ecosystem.Rules.Fluent.Dsl;

namespace Ecosystem.Rules.Tests.Production.Compatibility;

/// <summary>Rules share what they have in common, and only what must be is evaluated.</summary>
public class NetworkTests
{
    [Theory]
    [InlineData(NodeType.Type, 4)]
    [InlineData(NodeType.Selection, 5)]
    [InlineData(NodeType.Join, 4)]
    [InlineData(NodeType.Aggregate, 3)]
    [InlineData(NodeType.Not, 1)]
    [InlineData(NodeType.Exists, 1)]
    [InlineData(NodeType.Binding, 1)]
    [InlineData(NodeType.Rule, 2)]
    public void Schema_TwinRules_ShareEachNode(NodeType type, int count)
    {
        var session = new RuleFixture(new TwinRule(), new OtherTwinRule()).Session;
        Assert.Equal(count, session.GetSchema().Nodes.Count(n => n.NodeType == type));
    }

    [Fact]
    public void Schema_ConditionsThatOnlyLookAlike_AreNotShared()
    {
        Partner first = null!;
        Partner second = null!;
        Deal deal = null!;
        var fixture = new RuleFixture(
            new LambdaRule("First", r =>
            {
                r.When().Match(() => first, p => p.Name == "a").Match(() => second, p => p.Name == "b").Match(() => deal, d => d.PartnerId == first.Id);
                r.Then().Do(ctx => LambdaRule.NoOp(ctx, deal));
            }),
            new LambdaRule("Second", r =>
            {
                r.When().Match(() => first, p => p.Name == "a").Match(() => second, p => p.Name == "b").Match(() => deal, d => d.PartnerId == second.Id);
                r.Then().Do(ctx => LambdaRule.NoOp(ctx, deal));
            }));
        fixture.Session.InsertAll([new Partner { Id = 1, Name = "a" }, new Partner { Id = 2, Name = "b" }, new Deal { PartnerId = 2 }]);
        fixture.Session.Fire();
        Assert.Equal("Second", fixture.Trace);
    }

    [Fact]
    public void Update_OfAFactThatTheQueryDoesNotUse_EvaluatesOnlyWhatDependsOnIt()
    {
        Partner partner = null!;
        IEnumerable<Deal> deals = null!;
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When().Match(() => partner).Query(() => deals, q => q
                .Match<Deal>()
                .Select(d => Same(d))
                .Collect()
                .Select(c => Same(c))
                .Select(c => With(c, partner)));
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, deals));
        }));
        Partner[] partners = [new Partner { Id = 1 }, new Partner { Id = 2 }];
        fixture.Session.InsertAll(partners);
        fixture.Session.InsertAll([new Deal { Id = 1 }, new Deal { Id = 2 }]);
        var evaluations = 0;
        fixture.Session.Events.LhsExpressionEvaluatedEvent += (_, _) => evaluations++;
        fixture.Session.UpdateAll(partners);
        Assert.Equal(2, fixture.Session.Fire());
        Assert.Equal(2, evaluations);
    }

    [Fact]
    public void Update_OfBothAtOnce_QueryOverTheSameFactsIsUpToDate()
    {
        Partner partner = null!;
        IEnumerable<int> scores = null!;
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When().Match(() => partner).Query(() => scores, q => q.Match<Partner>().Select(p => p.Score).Collect());
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, scores));
        }));
        Partner[] partners = [new Partner { Id = 1, Score = 1 }, new Partner { Id = 2, Score = 2 }];
        fixture.Session.InsertAll(partners);
        partners[0].Score = 5;
        fixture.Session.Update(partners[0]);
        fixture.Session.Fire();
        Assert.All(fixture.AllFired<IEnumerable<int>>(), s => Assert.Equal([2, 5], s.Order()));
    }

    private static T Same<T>(T value) => value;

    private static IEnumerable<Deal> With(IEnumerable<Deal> deals, Partner partner) => deals;

    private class TwinRule : Rule
    {
        public override void Define()
        {
            Partner partner = null!;
            var key = 0;
            Deal deal = null!;
            IEnumerable<Alert> alerts = null!;
            When()
                .Match(() => partner, p => p.Name!.StartsWith("Valid"))
                .Let(() => key, () => partner.Id)
                .Match(() => deal, d => d.Stage == "Won", d => d.PartnerId == key)
                .Not<Tier>(t => t.Name == "None")
                .Exists<Tier>(t => t.Name == "Gold")
                .Query(() => alerts, q => q
                    .Match<Alert>()
                    .Where(a => a.Text.StartsWith("Valid"))
                    .GroupBy(a => a.Text)
                    .SelectMany(g => g)
                    .Collect()
                    .Where(c => c.Any()));
            Then().Do(ctx => LambdaRule.NoOp(ctx, partner));
        }
    }

    private sealed class OtherTwinRule : TwinRule;
}
