using Ecosystem.Rules.Fluent.Dsl;
using Ecosystem.Rules.RuleModel.Builders;
using Ecosystem.Rules.Testing;

namespace Ecosystem.Rules.Tests.Production;

public class TestingTests : RulesTestFixture
{
    private readonly Recording _recording = new();

    public TestingTests()
    {
        Setup.Rule<GoldRule>();
        Setup.Rule(new SilverRule());
    }

    [Fact]
    public void Verify_RulesFiredAsExpected_Passes()
    {
        var partner = new Partner { Id = 1, Score = 90 };
        Session.InsertAll([partner, new Partner { Id = 2, Score = 40 }]);
        Session.Fire();
        var seen = 0;
        var silver = typeof(SilverRule);
        Verify(x =>
        {
            x.Rule<GoldRule>().Fired(Matched.Fact(partner).Callback(p => seen += p.Id));
            x.Rule(silver).Fired(Times.Once, Matched.Fact<Partner>(p => p.Score < 50));
            x.Rule("Silver").Fired(Times.Once, Matched.Fact<Partner>());
        });
        Assert.Equal(1, seen);
        VerifySequence(s =>
        {
            s.Rule<GoldRule>().Fired(Matched.Fact(partner));
            s.Rule<SilverRule>().Fired(Matched.Fact<Partner>(p => p.Id == 1));
            s.Rule<SilverRule>().Fired();
        });
        Assert.Equal(["Gold", "Silver"], Setup.Rules.Select(r => r.Definition.Name));
    }

    [Fact]
    public void Verify_RuleExpectedTwiceAroundAnother_TakesTheFiringsInTheirOrder()
    {
        Session.Insert(new Partner { Id = 1, Score = 90 });
        Session.Fire();
        Session.Insert(new Partner { Id = 2, Score = 90 });
        Session.Fire();
        Verify(x =>
        {
            x.Rule<GoldRule>().Fired();
            x.Rule<SilverRule>().Fired();
            x.Rule<GoldRule>().Fired();
            x.Rule<SilverRule>().Fired();
        });
        Verify(x =>
        {
            x.Rule<SilverRule>().Fired(Times.Twice);
            x.Rule<GoldRule>().Fired(Times.Twice);
        });
    }

    [Fact]
    public void Verify_NotAsExpected_ReportsNumbersAndFirings()
    {
        Session.Insert(new Partner { Id = 2, Score = 40 });
        Session.Fire();
        var error = Assert.Throws<RuleAssertionException>(() => Verify(x => x.Rule<GoldRule>().Fired()));
        Assert.Contains("Fired: Silver (Partner 2)", error.Message, StringComparison.Ordinal);
        Asserter = _recording;
        Verify(x => x.Rule<GoldRule>().Fired());
        Assert.Equal("Rule 'Gold': Fired; Expected: 1; Actual: 0", _recording.Last.GetMessage());
        Assert.Equal((1, 0), (_recording.Last.Expected, _recording.Last.Actual));
        Verify(x => x.Rule<SilverRule>().Fired(Times.Never));
        Assert.Equal("Rule 'Silver': Fired; Expected: 0; Actual: 1", _recording.Last.GetMessage());
        Verify(x => x.Rule<SilverRule>().Fired(Matched.Fact<Partner>(p => p.Score > 50)));
        Assert.Equal(
            $"Rule 'Silver': Fired With: Fact {typeof(Partner)} where p => (p.Score > 50); Expected: 1; Actual: 0",
            _recording.Last.GetMessage());
        Verify(x => x.Rule<GoldRule>().Fired(Times.Never));
        Assert.Equal(RuleAssertStatus.Passed, _recording.Last.Status);
        Recorder.Clear();
        VerifySequence(x => x.Rule<SilverRule>().Fired());
        Assert.Equal((1, 0), (_recording.Last.Expected, _recording.Last.Actual));
        Assert.Equal("Nothing fired.", _recording.Last.Firings);
    }

    [Fact]
    public void Verify_MoreFiringsThanExpected_Fails()
    {
        Asserter = _recording;
        Session.Insert(new Partner { Id = 2, Score = 90 });
        Session.Fire();
        Verify(x => x.Rule<GoldRule>().Fired());
        Assert.Equal("Fired; Expected: 1; Actual: 2", _recording.Last.GetMessage());
        VerifySequence(x => x.Rule<GoldRule>().Fired());
        Assert.Equal("Fired; Expected: 1; Actual: 2", _recording.Last.GetMessage());
    }

    [Fact]
    public void Recorder_Paused_RecordsNothing()
    {
        Recorder.Pause();
        Session.Insert(new Partner { Id = 1, Score = 40 });
        Session.Fire();
        Recorder.Resume();
        Session.Insert(new Partner { Id = 2, Score = 40 });
        Session.Fire();
        Assert.Equal("Partner 2", Assert.Single(Recorder.GetInvocations()).Facts.Single().Value!.ToString());
    }

    [Fact]
    public void Setup_SameRuleAgain_IsRefusedAndAnAbstractOneIsLeftOut()
    {
        Assert.Throws<ArgumentException>(() => Setup.Rule<GoldRule>());
        Setup.Rule<Rule>();
        var builder = new RuleBuilder();
        builder.Name("Gold");
        builder.LeftHandSide().Pattern(typeof(Partner), "partner");
        System.Linq.Expressions.Expression<Action<RuleModel.IContext>> action = ctx => ctx.Halt();
        builder.RightHandSide().Action(action);
        Assert.Throws<ArgumentException>(() => Setup.Rule(builder.Build()));
        builder.Name("Platinum");
        Setup.Rule(builder.Build());
        Session.Insert(new Partner { Score = 1 });
        Session.Fire();
        Verify(x => x.Rule("Platinum").Fired());
        Assert.Throws<ArgumentException>(() => Verify(x => x.Rule().Fired()));
        Assert.Throws<ArgumentException>(() => Verify(x => x.Rule("Lead").Fired()));
    }

    [Name("Gold")]
    [Priority(10)]
    public class GoldRule : Rule
    {
        public override void Define()
        {
            Partner partner = null!;
            When().Match(() => partner, p => p.Score > 80);
            Then().Do(ctx => LambdaRule.NoOp(ctx, partner));
        }
    }

    [Name("Silver")]
    public class SilverRule : Rule
    {
        public override void Define()
        {
            Partner partner = null!;
            When().Match(() => partner, p => p.Score > 30);
            Then().Do(ctx => LambdaRule.NoOp(ctx, partner));
        }
    }

    private sealed class Recording : IRuleAsserter
    {
        public RuleAssertResult Last { get; private set; } = null!;

        public void Assert(RuleAssertResult result) => Last = result;
    }
}
