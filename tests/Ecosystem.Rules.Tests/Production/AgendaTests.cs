using Ecosystem.Rules.AgendaFilters;
using Ecosystem.Rules.Fluent.Dsl;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Tests.Production;

public class AgendaTests
{
    [Fact]
    public void Fire_Priorities_HighestFirstThenOrderOfMatches()
    {
        var fixture = new RuleFixture(Rule("Low", -1), Rule("A", 0), Rule("High", 5), Rule("B", 0));
        fixture.Session.InsertAll([new Partner { Id = 1 }, new Partner { Id = 2 }]);
        fixture.Session.Fire();
        Assert.Equal("High High A A B B Low Low", fixture.Trace);
    }

    [Fact]
    public void Fire_ComputedPriority_OrdersMatchesOfOneRule()
    {
        Partner partner = null!;
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When().Match(() => partner);
            r.Priority(() => partner.Score);
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, partner));
        }));
        fixture.Session.InsertAll([new Partner { Id = 1, Score = 1 }, new Partner { Id = 2, Score = 9 }, new Partner { Id = 3, Score = 5 }]);
        fixture.Session.Fire();
        Assert.Equal([2, 3, 1], fixture.AllFired<Partner>().Select(p => p.Id));
    }

    [Fact]
    public void Fire_Max_FiresThatMany()
    {
        var fixture = new RuleFixture(Rule("A", 0));
        fixture.Session.InsertAll([new Partner { Id = 1 }, new Partner { Id = 2 }, new Partner { Id = 3 }]);
        Assert.Equal(2, fixture.Session.Fire(2));
        Assert.False(fixture.Session.Agenda.IsEmpty);
        Assert.Equal("A", fixture.Session.Agenda.Peek().Rule.Name);
        Assert.Equal(1, fixture.Session.Fire());
        Assert.Throws<InvalidOperationException>(() => fixture.Session.Agenda.Peek());
    }

    [Fact]
    public void Fire_Cancelled_StopsAfterTheRuleThatFires()
    {
        using var source = new CancellationTokenSource();
        Partner partner = null!;
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When().Match(() => partner);
            r.Then().Do(ctx => Cancel(source, ctx, partner));
        }));
        fixture.Session.InsertAll([new Partner { Id = 1 }, new Partner { Id = 2 }]);
        Assert.Equal(1, fixture.Session.Fire(source.Token));
    }

    [Fact]
    public void Halt_InAction_EndsTheCycle()
    {
        Partner partner = null!;
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When().Match(() => partner);
            r.Then().Do(ctx => ctx.Halt());
        }));
        fixture.Session.InsertAll([new Partner { Id = 1 }, new Partner { Id = 2 }]);
        Assert.Equal(1, fixture.Session.Fire());
        Assert.Equal(1, fixture.Session.Fire());
        Assert.Equal(0, fixture.Session.Fire());
    }

    [Fact]
    public void Clear_DropsMatchesUntilTheyAreUpdated()
    {
        var fixture = new RuleFixture(Rule("A", 0));
        var partner = new Partner { Id = 1 };
        fixture.Session.Insert(partner);
        fixture.Session.Agenda.Clear();
        Assert.Equal(0, fixture.Session.Fire());
        fixture.Session.Update(partner);
        Assert.Equal(1, fixture.Session.Fire());
    }

    [Fact]
    public void NonRepeatable_UpdatedMatch_DoesNotFireAgain()
    {
        var fixture = new RuleFixture(new NonRepeatableRule());
        var partner = new Partner { Id = 1, Score = 60 };
        fixture.Session.Insert(partner);
        fixture.Session.Fire();
        fixture.Session.Update(partner);
        Assert.Equal(0, fixture.Session.Fire());
        partner.Score = 1;
        fixture.Session.Update(partner);
        partner.Score = 61;
        fixture.Session.Update(partner);
        Assert.Equal(1, fixture.Session.Fire());
    }

    [Fact]
    public void Actions_Triggers_RunOnTheirChanges()
    {
        Partner partner = null!;
        var log = new List<string>();
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When().Match(() => partner, p => p.Score > 50);
            r.Then()
                .Action(ctx => log.Add("created " + ctx.Match.Trigger), ActionTrigger.Activated)
                .Action(ctx => log.Add("updated " + ctx.Match.Trigger), ActionTrigger.Reactivated)
                .Undo(ctx => log.Add("removed " + partner.Id));
        }));
        var fact = new Partner { Id = 1, Score = 60 };
        fixture.Session.Insert(fact);
        fixture.Session.Fire();
        fixture.Session.Update(fact);
        fixture.Session.Fire();
        fact.Score = 1;
        fixture.Session.Update(fact);
        fixture.Session.Fire();
        Assert.Equal(["created Created", "updated Updated", "removed 1"], log);
    }

    [Fact]
    public void Filter_Predicate_KeepsMatchesOffTheAgenda()
    {
        Partner partner = null!;
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When().Match(() => partner);
            r.Filter().Where(() => partner.Score > 50);
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, partner));
        }));
        var fact = new Partner { Score = 10 };
        fixture.Session.Insert(fact);
        Assert.Equal(0, fixture.Session.Fire());
        fact.Score = 60;
        fixture.Session.Update(fact);
        Assert.Equal(1, fixture.Session.Fire());
    }

    [Fact]
    public void Filter_OnChange_FiresAgainOnlyIfTheKeyChanged()
    {
        Partner partner = null!;
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When().Match(() => partner);
            r.Filter().OnChange(() => partner.Score, () => partner.Name);
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, partner));
        }));
        var fact = new Partner { Score = 10 };
        fixture.Session.Insert(fact);
        Assert.Equal(1, fixture.Session.Fire());
        fact.Region = "APAC";
        fixture.Session.Update(fact);
        Assert.Equal(0, fixture.Session.Fire());
        fact.Score = 11;
        fixture.Session.Update(fact);
        Assert.Equal(1, fixture.Session.Fire());
        fact.Score = 12;
        fixture.Session.Update(fact);
        fact.Score = 11;
        fixture.Session.Update(fact);
        Assert.Equal(0, fixture.Session.Fire());
    }

    [Fact]
    public void AddFilter_ForAllRules_DecidesForEach()
    {
        var fixture = new RuleFixture(Rule("A", 0), Rule("B", 0));
        fixture.Session.Agenda.AddFilter(new OnlyRule("B"));
        fixture.Session.Insert(new Partner());
        fixture.Session.Fire();
        Assert.Equal("B", fixture.Trace);
    }

    [Fact]
    public void Fire_RulesThatTriggerEachOther_AreStoppedAndNamed()
    {
        Partner partner = null!;
        var fixture = new RuleFixture(
            c => c.FiringLimit = 5000,
            new LambdaRule("Up", r =>
            {
                r.When().Match(() => partner, p => p.Score >= 0);
                r.Then().Do(ctx => Raise(ctx, partner));
            }));
        fixture.Session.Insert(new Partner());
        var error = Assert.Throws<RuleLoopException>(() => fixture.Session.Fire());
        Assert.Equal(["Up"], error.RuleNames);
    }

    private static LambdaRule Rule(string name, int priority) => new(name, r =>
    {
        Partner partner = null!;
        r.Priority(priority);
        r.When().Match(() => partner);
        r.Then().Do(ctx => LambdaRule.NoOp(ctx, partner));
    });

    private static void Raise(IContext context, Partner partner)
    {
        partner.Score++;
        context.Update(partner);
    }

    private static void Cancel(CancellationTokenSource source, IContext context, Partner partner)
    {
        Assert.NotNull(partner);
        source.Cancel();
        Assert.True(context.CancellationToken.IsCancellationRequested);
    }

    [Repeatability(RuleRepeatability.NonRepeatable)]
    public class NonRepeatableRule : Rule
    {
        public override void Define()
        {
            Partner partner = null!;
            When().Match(() => partner, p => p.Score > 50);
            Then().Do(ctx => LambdaRule.NoOp(ctx, partner));
        }
    }

    private sealed class OnlyRule(string name) : IAgendaFilter
    {
        public bool Accept(AgendaContext context, Activation activation) => activation.Rule.Name == name;
    }
}
