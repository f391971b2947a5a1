using Ecosystem.Rules.Fluent.Dsl;
using Ecosystem.Rules.Testing;

namespace Ecosystem.Rules.Tests.Production;

public class TestingTests : RulesTestFixture
{
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
            x.Rule<GoldRule>().Fired(Matched.Fact(partner).Callback(p => seen = p.Id));
            x.Rule(silver).Fired(Times.Twice, Matched.Fact<Partner>());
            x.Rule("Silver").Fired(Times.Once, Matched.Fact<Partner>(p => p.Score < 50));
        });
        Assert.Equal(1, seen);
        VerifySequence(s =>
        {
            s.Rule<GoldRule>().Fired(Matched.Fact(partner));
            s.Rule<SilverRule>().Fired(Matched.Fact<Partner>(p => p.Id == 1));
            s.Rule<SilverRule>().Fired();
        });
    }

    [Fact]
    public void Verify_RuleDidNotFire_TellsWhatHappened()
    {
        Session.Insert(new Partner { Id = 2, Score = 40 });
        Session.Fire();
        var error = Assert.Throws<RuleAssertionException>(() => Verify(x => x.Rule<GoldRule>().Fired()));
        Assert.Contains("Gold", error.Message, StringComparison.Ordinal);
        Assert.Contains("Silver (Partner 2)", error.Message, StringComparison.Ordinal);
        Assert.Throws<RuleAssertionException>(() => VerifySequence(x => { }));
        Recorder.Clear();
        Verify(x => x.Rule<SilverRule>().Fired(Times.Never));
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
}
