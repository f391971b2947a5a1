using Ecosystem.Rules.Diagnostics;
using Ecosystem.Rules.Fluent.Dsl;

namespace Ecosystem.Rules.Tests.Production;

public class ExplanationTests
{
    [Fact]
    public void Explain_Match_NamesFactsConditionsAndValues()
    {
        var fixture = new RuleFixture(BigPartnerRule());
        MatchExplanation? explanation = null;
        fixture.Session.Events.RuleFiringEvent += (s, e) => explanation = ((ISession)s!).Explain(e.Match);
        fixture.Session.InsertAll([new Partner { Id = 1, Score = 60 }, new Deal { PartnerId = 1, Amount = 70 }, new Deal { PartnerId = 1, Amount = 50 }]);
        fixture.Session.Fire();
        Assert.NotNull(explanation);
        Assert.Equal("Big", explanation.Rule);
        Assert.Equal(["partner", "deals"], explanation.Facts.Select(f => f.Variable));
        Assert.All(explanation.Conditions, c => Assert.True(c.Holds));
        var text = explanation.ToString();
        Assert.Contains("partner is Partner 1", text, StringComparison.Ordinal);
        Assert.Contains("partner.Score = 60", text, StringComparison.Ordinal);
        Assert.Contains("made from 2 facts", text, StringComparison.Ordinal);
    }

    [Fact]
    public void WhyNot_ConditionFails_NamesItAndItsValues()
    {
        var fixture = new RuleFixture(BigPartnerRule());
        var partner = new Partner { Id = 1, Score = 40 };
        fixture.Session.InsertAll([partner, new Partner { Id = 2, Score = 90 }, new Deal { PartnerId = 1, Amount = 70 }]);
        var why = fixture.Session.WhyNot("Big", partner);
        Assert.False(why.IsMatch);
        Assert.Equal("Partner partner", why.Pattern);
        Assert.Equal(["partner.Score = 40"], why.Values);
        Assert.Same(partner, Assert.Single(why.Facts));
        partner.Score = 60;
        fixture.Session.Update(partner);
        why = fixture.Session.WhyNot("Big", partner);
        Assert.Contains("Sum", why.Condition, StringComparison.Ordinal);
        Assert.Contains("70", why.ToString(), StringComparison.Ordinal);
        fixture.Session.Insert(new Deal { PartnerId = 1, Amount = 70 });
        Assert.True(fixture.Session.WhyNot("Big", partner).IsMatch);
        fixture.Session.Insert(new Tier(1, "Blocked"));
        Assert.Contains("must not exist", fixture.Session.WhyNot("Big", partner).Reason, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => fixture.Session.WhyNot("Small"));
    }

    [Fact]
    public void Schema_DrawnAsDotAndDgml_ShowsNodesWithCounts()
    {
        var fixture = new RuleFixture(c => c.MeasureNodeTimes = true, BigPartnerRule(), BigPartnerRule("Twin"));
        fixture.Session.InsertAll([new Partner { Id = 1, Score = 60 }, new Deal { PartnerId = 1, Amount = 200 }]);
        fixture.Session.Fire();
        var graph = fixture.Session.GetSchema();
        Assert.Equal(2, graph.Nodes.Count(n => n.NodeType == NodeType.Rule));
        Assert.Single(graph.Nodes, n => n.NodeType == NodeType.Aggregate);
        Assert.Equal(2, Assert.Single(graph.Nodes, n => n.NodeType == NodeType.Aggregate).Rules.Count);
        var dot = graph.ToDot(fixture.Session.Metrics);
        Assert.Contains("digraph", dot, StringComparison.Ordinal);
        Assert.Contains("partner.Score", dot, StringComparison.Ordinal);
        Assert.Contains("in 1/0/0", dot, StringComparison.Ordinal);
        var dgml = System.Xml.Linq.XElement.Parse(graph.ToDgml(fixture.Session.Metrics));
        Assert.Equal(graph.Nodes.Count, dgml.Elements().First().Elements().Count());
        var partners = graph.Nodes.First(n => n.NodeType == NodeType.AlphaMemory && n.OutputType == typeof(Partner));
        Assert.Equal(1, fixture.Session.Metrics.FindByNodeId(partners.Id)!.ElementCount);
    }

    private static LambdaRule BigPartnerRule(string name = "Big") => new(name, r =>
    {
        Partner partner = null!;
        IEnumerable<Deal> deals = null!;
        r.When()
            .Match(() => partner, p => p.Score > 50)
            .Not<Tier>(t => t.PartnerId == partner.Id, t => t.Name == "Blocked")
            .Query(() => deals, q => q
                .Match<Deal>(d => d.PartnerId == partner.Id)
                .Collect()
                .Where(c => c.Sum(d => d.Amount) > 100));
        r.Then().Do(ctx => LambdaRule.NoOp(ctx, partner, deals));
    });
}
