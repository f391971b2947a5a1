using System.Linq.Expressions;
using System.Xml;
using Ecosystem.Rules.AgendaFilters;
using Ecosystem.Rules.Aggregators;
using Ecosystem.Rules.Diagnostics;
using Ecosystem.Rules.Diagnostics.Dgml;
using Ecosystem.Rules.Fluent;
using Ecosystem.Rules.RuleModel;
using Ecosystem.Rules.RuleModel.Builders;

namespace Ecosystem.Rules.Tests.Production.Compatibility;

/// <summary>Members of the familiar surface that code moved over uses by name: signatures to implement, shapes to read, values to compare with.</summary>
public class SurfaceTests
{
    [Fact]
    public void AgendaFilter_Stateful_SeesEqualActivationsOfOneMatch()
    {
        var fixture = new RuleFixture(PartnerRule());
        var filter = new OncePerMatch();
        fixture.Session.Agenda.AddFilter(filter);
        var partner = new Partner { Id = 1, Score = 60 };
        fixture.Session.Insert(partner);
        Assert.Equal(1, fixture.Session.Fire());
        fixture.Session.Update(partner);
        Assert.Equal(0, fixture.Session.Fire());
        fixture.Session.Retract(partner);
        fixture.Session.Insert(partner);
        Assert.Equal(1, fixture.Session.Fire());
        Assert.Equal(["Created partner=Partner 1", "Updated partner=Partner 1", "Created partner=Partner 1"], filter.Seen);
    }

    [Fact]
    public void Metrics_GetAll_ListsEveryNodeOfTheSchema()
    {
        var fixture = new RuleFixture(PartnerRule());
        fixture.Session.InsertAll([new Partner { Score = 60 }, new Partner { Score = 10 }]);
        var graph = fixture.Session.GetSchema();
        Assert.Equal(graph.Nodes.Select(n => n.Id), fixture.Session.Metrics.GetAll().Select(m => m.NodeId));
        Assert.Contains(fixture.Session.Metrics.GetAll(), m => m.InsertInputCount == 2);
        using var text = new StringWriter();
        using (var xml = XmlWriter.Create(text))
        {
            new DgmlWriter(graph).WriteXml(xml);
        }

        Assert.Contains("DirectedGraph", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Scanner_Where_LeavesOutTypes()
    {
        var scanner = new RuleTypeScanner();
        scanner.NestedTypes().Type(typeof(AgendaTests.NonRepeatableRule), typeof(MetadataTests.PlainRule)).Where(t => t.Name.StartsWith("Non", StringComparison.Ordinal));
        Assert.Equal([typeof(AgendaTests.NonRepeatableRule)], scanner.GetRuleTypes());
    }

    [Fact]
    public void Element_NamedExpressions_MakeARunnableRule()
    {
        Expression<Func<Partner, bool>> condition = p => p.Score > 50;
        Expression<Action<IContext, Partner>> action = (context, p) => LambdaRule.NoOp(context, p);
        var pattern = Element.Pattern(Element.Declaration(typeof(Partner), "p"), [Element.Expression(PatternElement.ConditionName, condition)], null);
        var rule = Element.RuleDefinition("R", "", 0, Element.Group(GroupType.And, [pattern]), Element.ActionGroup(Element.Action(action, ActionElement.DefaultTrigger)));
        var session = new RuleCompiler().Compile([rule]).CreateSession();
        session.InsertAll([new Partner { Score = 60 }, new Partner { Score = 10 }]);
        Assert.Equal(1, session.Fire());
        Assert.True(rule.Properties.TryGetProperty("x", out _) == false && rule.Properties.Count == 0 && rule.Tags.Count == 0);
    }

    [Fact]
    public void Errors_Recoverable_CarryWhatWasThrown()
    {
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            Partner partner = null!;
            r.When().Match(() => partner, p => 1 / p.Score > 0);
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, partner));
        }));
        Exception? thrown = null;
        fixture.Session.Events.LhsExpressionFailedEvent += (_, e) =>
        {
            IRecoverableError error = e;
            error.IsHandled = true;
            thrown = error.Exception;
            Assert.Equal([0], e.Arguments.Select(a => ((Partner)a!).Score));
        };
        fixture.Session.Insert(new Partner());
        Assert.IsType<DivideByZeroException>(thrown);
        Assert.Equal(0, fixture.Session.Fire());
    }

    [Theory]
    [InlineData(AggregationAction.None, 0)]
    [InlineData(AggregationAction.Removed, 3)]
    [InlineData(FactSourceType.Aggregate, 1)]
    [InlineData(FactSourceType.Linked, 2)]
    [InlineData(ElementType.Not, 11)]
    [InlineData(ElementType.NamedExpression, 14)]
    public void Enumerations_Values_AreTheFamiliarOnes(Enum value, int expected) => Assert.Equal(expected, Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture));

    private static LambdaRule PartnerRule() => new("R", r =>
    {
        Partner partner = null!;
        r.When().Match(() => partner, p => p.Score > 50);
        r.Then().Do(ctx => LambdaRule.NoOp(ctx, partner));
    });

    private sealed class OncePerMatch : IStatefulAgendaFilter
    {
        private readonly HashSet<Activation> _selected = [];

        public List<string> Seen { get; } = [];

        public bool Accept(AgendaContext context, Activation activation)
        {
            Seen.Add($"{activation.Trigger} {string.Join(',', activation.Facts.Select(f => $"{f.Declaration.Name}={f.Value}"))}");
            return !_selected.Contains(activation);
        }

        public void Select(AgendaContext context, Activation activation) => _selected.Add(activation);

        public void Remove(AgendaContext context, Activation activation) => _selected.Remove(activation);
    }
}
