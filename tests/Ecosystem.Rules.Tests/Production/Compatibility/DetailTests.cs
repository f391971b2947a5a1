using System.Linq.Expressions;
using System.Text.Json;
using Ecosystem.Rules.Diagnostics;
using Ecosystem.Rules.Extensibility;
using Ecosystem.Rules.Fluent;
using Ecosystem.Rules.Fluent.Dsl;
using Ecosystem.Rules.Json;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Tests.Production.Compatibility;

/// <summary>Details that code written for NRules may rest on, found by running the same programs on both engines.</summary>
public class DetailTests
{
    [Fact]
    public void Fire_CancelledBefore_StopsAfterTheFirstRule()
    {
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            Partner partner = null!;
            r.When().Match(() => partner);
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, partner));
        }));
        fixture.Session.InsertAll([new Partner { Id = 1 }, new Partner { Id = 2 }]);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Equal(1, fixture.Session.Fire(cancelled.Token));
        Assert.Equal(1, fixture.Session.Fire(5, cancelled.Token));
        Assert.Equal(0, fixture.Session.Fire());
    }

    [Fact]
    public void GetLinked_AfterRetractLinked_IsNull()
    {
        var seen = new List<object?>();
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            Partner partner = null!;
            r.When().Match(() => partner);
            r.Then()
                .Do(ctx => ctx.InsertLinked("k", new Alert("a")))
                .Do(ctx => seen.Add(ctx.GetLinked("k")))
                .Do(ctx => ctx.RetractLinked("k", ctx.GetLinked("k")!))
                .Do(ctx => seen.Add(ctx.GetLinked("k")));
        }));
        fixture.Session.Insert(new Partner());
        fixture.Session.Fire();
        Assert.Equal([new Alert("a"), null], seen);
        Assert.Empty(fixture.Session.Query<Alert>());
    }

    [Fact]
    public void ExpressionEvents_Failures_HaveFalseAsResultOfConditionsAndFiltersOnly()
    {
        var results = new List<object?>();
        var fixture = new RuleFixture(
            new LambdaRule("Condition", r =>
            {
                Partner partner = null!;
                r.When().Match(() => partner, p => 1 / p.Score > 0);
                r.Then().Do(ctx => LambdaRule.NoOp(ctx, partner));
            }),
            new LambdaRule("Binding", r =>
            {
                Deal deal = null!;
                var big = false;
                r.When().Match(() => deal).Let(() => big, () => 1 / deal.Amount > 0);
                r.Then().Do(ctx => LambdaRule.NoOp(ctx, deal, big));
            }),
            new LambdaRule("Filter", r =>
            {
                Tier tier = null!;
                r.When().Match(() => tier);
                r.Filter().Where(() => 1 / tier.PartnerId > 0);
                r.Then().Do(ctx => LambdaRule.NoOp(ctx, tier));
            }));
        fixture.Session.Events.LhsExpressionFailedEvent += (_, e) => e.IsHandled = true;
        fixture.Session.Events.AgendaExpressionFailedEvent += (_, e) => e.IsHandled = true;
        fixture.Session.Events.LhsExpressionEvaluatedEvent += (_, e) => results.Add(e.Result);
        fixture.Session.Events.AgendaExpressionEvaluatedEvent += (_, e) => results.Add(e.Result);
        fixture.Session.InsertAll([new Partner()]);
        fixture.Session.InsertAll([new Deal()]);
        fixture.Session.InsertAll([new Tier(0, "t")]);
        Assert.Equal([false, null, false], results);
        Assert.Equal(0, fixture.Session.Fire());
    }

    [Fact]
    public void Resolve_ByTypeArgument_AsksTheResolverOfTheSession()
    {
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            Partner partner = null!;
            r.When().Match(() => partner);
            r.Then().Do(ctx => ctx.Insert(new Alert(ctx.Resolve<string>())));
        }));
        fixture.Session.DependencyResolver = new WordResolver();
        fixture.Session.Insert(new Partner());
        fixture.Session.Fire();
        Assert.Equal("R String", Assert.Single(fixture.Session.Query<Alert>()).Text);
        Assert.IsType<DefaultRuleActivator>(new RuleRepository().Activator);
    }

    [Fact]
    public void Query_ToLookupWithoutAKey_PutsEqualFactsTogether()
    {
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            IKeyedLookup<string, string> stages = null!;
            r.When().Query(() => stages, q => q.Match<Deal>().GroupBy(d => d.Id).Select(g => g.First().Stage).Collect().ToLookup());
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, stages));
        }));
        fixture.Session.InsertAll([new Deal { Id = 1, Stage = "Won" }, new Deal { Id = 2, Stage = "Lost" }]);
        fixture.Session.Fire();
        Assert.Equal(["Lost", "Won"], fixture.Fired<IKeyedLookup<string, string>>(0).Keys.Order());
    }

    [Theory]
    [InlineData("""{"nodeType":"Constant","value":"My Value"}""", "Expected property. Name=Type")]
    [InlineData("""{"nodeType":"Nothing"}""", "Unable to convert Enum value. Value=Nothing, EnumType=System.Linq.Expressions.ExpressionType")]
    public void Deserialize_WrongJson_SaysWhatIsExpected(string json, string message)
    {
        var options = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };
        RuleSerializer.Setup(options);
        Assert.StartsWith(message, Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Expression>(json, options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Schema_RootAndStart_AreNotOfARuleAndNodesThatPassAllCountTheSameInAndOut()
    {
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            IGrouping<int, Deal> group = null!;
            r.When().Query(() => group, q => q.Match<Deal>().GroupBy(d => d.PartnerId));
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, group));
        }));
        fixture.Session.InsertAll([new Deal { PartnerId = 1 }, new Deal { PartnerId = 1 }]);
        var schema = fixture.Session.GetSchema();
        Assert.All(schema.Nodes.Where(n => n.NodeType is NodeType.Root or NodeType.Dummy), n => Assert.Empty(n.Rules));
        Assert.DoesNotContain(schema.Links, l => l.Source.NodeType == NodeType.Dummy);
        Assert.Equal(
            [NodeType.Root, NodeType.Dummy, NodeType.Type, NodeType.AlphaMemory, NodeType.Aggregate, NodeType.BetaMemory, NodeType.Rule],
            schema.Nodes.Select(n => n.NodeType));
        var memory = fixture.Session.Metrics.FindByNodeId(schema.Nodes.Single(n => n.NodeType == NodeType.AlphaMemory).Id)!;
        Assert.Equal((2, 2), (memory.InsertInputCount, memory.InsertOutputCount));
    }

    private sealed class WordResolver : IDependencyResolver
    {
        public object Resolve(IResolutionContext context, Type serviceType) => $"{context.Rule.Name} {serviceType.Name}";
    }
}
