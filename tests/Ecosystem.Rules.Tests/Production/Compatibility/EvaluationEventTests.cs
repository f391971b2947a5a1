using Ecosystem.Rules.Diagnostics;
using Ecosystem.Rules.Extensibility;
using Ecosystem.Rules.Fluent.Dsl;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Tests.Production.Compatibility;

/// <summary>What the expression events tell, and in which order they come.</summary>
public class EvaluationEventTests
{
    private readonly Partner _partner = new() { Id = 1, Name = "Valid" };
    private readonly Deal _deal = new() { Id = 2, PartnerId = 1, Stage = "Negotiation" };

    [Fact]
    public void LhsExpressionEvaluated_RuleWithAllKinds_IsRaisedInOrderWithArgumentsAndFacts()
    {
        var session = new RuleFixture(new EverythingRule()).Session;
        var events = new List<LhsExpressionEventArgs>();
        session.Events.LhsExpressionEvaluatedEvent += (_, e) => events.Add(e);
        session.Insert(_partner);
        session.Insert(_deal);
        Assert.Equal(5, events.Count);
        Check(events[0], true, [_partner], [_partner]);
        Check(events[1], true, [_deal, _partner], [_partner, _deal]);
        Check(events[2], "Negotiation", [_deal], [_partner, _deal]);
        Check(events[3], 11, ["Negotiation"], [_partner, "Negotiation"]);
        Check(events[4], true, [11], [_partner, "Negotiation", 11]);
    }

    [Fact]
    public void LhsExpressionEvaluated_JoinFails_IsRaisedWithTheResult()
    {
        var session = new RuleFixture(new EverythingRule()).Session;
        var events = new List<LhsExpressionEventArgs>();
        session.Events.LhsExpressionEvaluatedEvent += (_, e) => events.Add(e);
        session.Insert(_partner);
        _deal.PartnerId = 8;
        session.Insert(_deal);
        Assert.Equal(2, events.Count);
        Check(events[1], false, [_deal, _partner], [_partner, _deal]);
    }

    [Fact]
    public void LhsExpression_Throws_IsRaisedAsFailedThenAsEvaluatedWithTheException()
    {
        var fixture = new RuleFixture(new EverythingRule());
        var order = new List<string>();
        LhsExpressionEventArgs? evaluated = null;
        fixture.Session.Events.LhsExpressionEvaluatedEvent += (_, e) =>
        {
            order.Add("evaluated");
            evaluated = e;
        };
        fixture.Session.Events.LhsExpressionFailedEvent += (_, _) => order.Add("failed");
        _partner.Name = null;
        var error = Assert.Throws<RuleLhsExpressionEvaluationException>(() => fixture.Session.Insert(_partner));
        Assert.Equal(["failed", "evaluated"], order);
        Assert.Same(error.InnerException, evaluated!.Exception);
        Assert.Equal(false, evaluated.Result);
        Assert.Same(_partner, Assert.Single(evaluated.Arguments));
    }

    [Fact]
    public void AgendaAndRhsExpressionEvaluated_MatchAccepted_TellTheMatch()
    {
        var fixture = new RuleFixture(new EverythingRule());
        AgendaExpressionEventArgs? filter = null;
        RhsExpressionEventArgs? action = null;
        fixture.Factory.Events.AgendaExpressionEvaluatedEvent += (_, e) => filter = e;
        fixture.Factory.Events.RhsExpressionEvaluatedEvent += (_, e) => action = e;
        fixture.Session.Insert(_partner);
        fixture.Session.Insert(_deal);
        fixture.Session.Fire();
        Assert.Equal([11], filter!.Arguments);
        Assert.Equal(true, filter.Result);
        Assert.Equal("Everything", filter.Rule.Name);
        Assert.Equal([_partner, "Negotiation", 11], filter.Facts.Select(f => f.Value));
        Assert.Equal([_partner, "Negotiation"], action!.Arguments);
        Assert.Null(action.Result);
        Assert.Equal(MatchTrigger.Created, action.Match.Trigger);
        Assert.Equal([_partner, "Negotiation", 11], action.Match.Facts.Select(f => f.Value));
    }

    [Fact]
    public void AgendaExpression_Throws_IsRaisedAtTheInsert()
    {
        var rule = new EverythingRule { Accept = _ => throw new InvalidOperationException("filter") };
        var fixture = new RuleFixture(rule);
        fixture.Session.Insert(_partner);
        var error = Assert.Throws<AgendaExpressionEvaluationException>(() => fixture.Session.Insert(_deal));
        Assert.Equal("filter", error.InnerException!.Message);
        Assert.Equal("Everything", error.RuleName);
        Assert.Contains("Partner 1", error.Facts);
    }

    [Fact]
    public void AgendaExpression_ThrowsAndIsHandled_KeepsTheMatchOffTheAgenda()
    {
        var rule = new EverythingRule { Accept = _ => throw new InvalidOperationException("filter") };
        var fixture = new RuleFixture(rule);
        fixture.Session.Events.AgendaExpressionFailedEvent += (_, e) => e.IsHandled = true;
        fixture.Session.InsertAll([_partner, _deal]);
        Assert.Equal(0, fixture.Session.Fire());
        rule.Accept = _ => true;
        fixture.Session.Update(_deal);
        Assert.Equal(1, fixture.Session.Fire());
    }

    [Fact]
    public void Action_ThrowsUnderInterceptor_IsNotWrapped()
    {
        var rule = new EverythingRule { Act = () => throw new InvalidOperationException("bare") };
        var fixture = new RuleFixture(rule);
        fixture.Session.InsertAll([_partner, _deal]);
        fixture.Session.ActionInterceptor = new PassThrough();
        var order = new List<string>();
        fixture.Session.Events.RhsExpressionFailedEvent += (_, _) => order.Add("failed");
        fixture.Session.Events.RhsExpressionEvaluatedEvent += (_, e) => order.Add("evaluated " + e.Exception?.Message);
        fixture.Session.Events.RuleFiredEvent += (_, _) => order.Add("fired");
        Assert.Equal("bare", Assert.Throws<InvalidOperationException>(() => fixture.Session.Fire()).Message);
        Assert.Equal(["failed", "evaluated bare"], order);
        fixture.Session.ActionInterceptor = null!;
        fixture.Session.Update(_deal);
        var wrapped = Assert.Throws<RuleRhsExpressionEvaluationException>(() => fixture.Session.Fire());
        Assert.Equal("bare", wrapped.InnerException!.Message);
    }

    [Fact]
    public void Interceptor_DoesNotInvoke_RuleFiresWithoutItsAction()
    {
        var acted = 0;
        var fixture = new RuleFixture(new EverythingRule { Act = () => acted++ });
        fixture.Factory.ActionInterceptor = new Swallow();
        var session = fixture.Factory.CreateSession();
        session.InsertAll([_partner, _deal]);
        Assert.Equal(1, session.Fire());
        Assert.Equal(0, acted);
    }

    [Fact]
    public void Dependency_CannotBeResolved_IsAnErrorOfTheAction()
    {
        Partner partner = null!;
        IDisposable service = null!;
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.Dependency().Resolve(() => service);
            r.When().Match(() => partner);
            r.Then().Do(ctx => service.Dispose());
        }));
        var handled = false;
        fixture.Session.Events.RhsExpressionFailedEvent += (_, e) => e.IsHandled = handled;
        fixture.Session.Insert(_partner);
        Assert.Throws<RuleRhsExpressionEvaluationException>(() => fixture.Session.Fire());
        handled = true;
        fixture.Session.Update(_partner);
        Assert.Equal(1, fixture.Session.Fire());
    }

    private static void Check(LhsExpressionEventArgs e, object? result, object[] arguments, object[] facts)
    {
        Assert.Equal(result, e.Result);
        Assert.Equal(arguments, e.Arguments);
        Assert.Equal(facts, e.Facts.Select(f => f.Value));
        Assert.Null(e.Exception);
        Assert.Equal("Everything", Assert.Single(e.Rules).Name);
    }

    [Name("Everything")]
    private sealed class EverythingRule : Rule
    {
        public Func<int, bool> Accept { get; set; } = length => length > 10;

        public Action Act { get; set; } = () => { };

        public override void Define()
        {
            Partner partner = null!;
            string stage = null!;
            var length = 0;
            When()
                .Match(() => partner, p => p.Name!.StartsWith("Valid"))
                .Query(() => stage, q => q.Match<Deal>(d => d.PartnerId == partner.Id).Select(d => d.Stage))
                .Let(() => length, () => stage.Length)
                .Having(() => length > 5);
            Filter().Where(() => Accept(length));
            Then().Do(ctx => Run(partner, stage));
        }

        private void Run(Partner partner, string stage) => Act();
    }

    private sealed class PassThrough : IActionInterceptor
    {
        public void Intercept(IContext context, IReadOnlyCollection<IActionInvocation> actions)
        {
            foreach (var action in actions)
            {
                action.Invoke();
            }
        }
    }

    private sealed class Swallow : IActionInterceptor
    {
        public void Intercept(IContext context, IReadOnlyCollection<IActionInvocation> actions)
        {
        }
    }
}
