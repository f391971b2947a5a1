using Ecosystem.Rules.Diagnostics;
using Ecosystem.Rules.Extensibility;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Tests.Production;

public class SessionTests
{
    [Fact]
    public void InsertAll_OneExists_InsertsNoneAndThrows()
    {
        var session = new RuleFixture(ScoreRule()).Session;
        var first = new Partner { Id = 1 };
        session.Insert(first);
        Assert.Throws<ArgumentException>(() => session.InsertAll([new Partner { Id = 2 }, first]));
        Assert.Throws<ArgumentException>(() => session.Insert(first));
        Assert.Single(session.Query<Partner>());
        var result = session.TryInsertAll([new Partner { Id = 2 }, first], BatchOptions.SkipFailed);
        Assert.Same(first, Assert.Single(result.Failed));
        Assert.Equal(2, session.Query<Partner>().Count());
    }

    [Fact]
    public void UpdateAndRetract_UnknownFact_Throws()
    {
        var session = new RuleFixture(ScoreRule()).Session;
        Assert.Throws<ArgumentException>(() => session.Update(new Partner()));
        Assert.Throws<ArgumentException>(() => session.Retract(new Partner()));
        Assert.Throws<ArgumentException>(() => session.UpdateAll([new Partner()]));
        Assert.Throws<ArgumentException>(() => session.RetractAll([new Partner()]));
        Assert.False(session.TryUpdate(new Partner()));
        Assert.False(session.TryRetract(new Partner()));
        Assert.Throws<ArgumentNullException>(() => session.Insert(null!));
    }

    [Fact]
    public void Update_EqualRecord_ReplacesTheFact()
    {
        Ranked tier = null!;
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When().Match(() => tier, t => t.Rank > 1);
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, tier));
        }));
        fixture.Session.Insert(new Ranked(1, 1));
        fixture.Session.Update(new Ranked(1, 5));
        fixture.Session.Fire();
        Assert.Equal(5, fixture.Fired<Ranked>(0).Rank);
        Assert.Single(fixture.Session.Query<Ranked>());
    }

    [Fact]
    public void RegisterComparer_TellsFactsApartByKey()
    {
        var fixture = new RuleFixture(c => c.FactIdentityComparerRegistry.RegisterComparer(new ById()), ScoreRule());
        fixture.Session.Insert(new Partner { Id = 1 });
        Assert.False(fixture.Session.TryInsert(new Partner { Id = 1 }));
        fixture.Session.Update(new Partner { Id = 1, Score = 70 });
        Assert.Equal(1, fixture.Session.Fire());
    }

    [Fact]
    public void Events_OfFactsAndActivations_AreRaisedAtTheirCalls()
    {
        var fixture = new RuleFixture(ScoreRule());
        var log = new List<string>();
        var events = fixture.Session.Events;
        events.FactInsertingEvent += (_, e) => log.Add("inserting " + e.Fact.Value);
        events.FactInsertedEvent += (_, e) => log.Add("inserted");
        events.FactUpdatingEvent += (_, e) => log.Add("updating");
        events.FactUpdatedEvent += (_, e) => log.Add("updated");
        events.FactRetractingEvent += (_, e) => log.Add("retracting");
        events.FactRetractedEvent += (_, e) => log.Add("retracted");
        events.ActivationCreatedEvent += (_, e) => log.Add("+" + e.Rule.Name);
        events.ActivationUpdatedEvent += (_, e) => log.Add("~" + e.Rule.Name);
        events.ActivationDeletedEvent += (_, e) => log.Add("-" + e.Rule.Name);
        events.RuleFiringEvent += (_, e) => log.Add("firing");
        fixture.Factory.Events.RuleFiredEvent += (s, e) => log.Add(ReferenceEquals(s, fixture.Session) ? "fired" : "?");
        var partner = new Partner { Id = 1, Score = 60 };
        fixture.Session.Insert(partner);
        fixture.Session.Update(partner);
        fixture.Session.Fire();
        fixture.Session.Retract(partner);
        Assert.Equal(
            "inserting Partner 1,+Score,inserted,updating,~Score,updated,firing,fired,retracting,-Score,retracted",
            string.Join(",", log));
    }

    [Fact]
    public void LhsExpressionEvaluated_Join_IsRaisedForEachPair()
    {
        Partner partner = null!;
        Deal deal = null!;
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When().Match(() => partner).Match(() => deal, d => d.PartnerId == partner.Id);
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, deal));
        }));
        var events = new List<LhsExpressionEventArgs>();
        fixture.Factory.Events.LhsExpressionEvaluatedEvent += (_, e) => events.Add(e);
        var p = new Partner { Id = 1 };
        var d = new Deal { PartnerId = 2 };
        fixture.Session.Insert(p);
        fixture.Session.Insert(d);
        var args = Assert.Single(events);
        Assert.Equal([d, p], args.Arguments);
        Assert.Equal([p, d], args.Facts.Select(f => f.Value));
        Assert.Equal(false, args.Result);
        Assert.Equal("R", Assert.Single(args.Rules).Name);
    }

    [Fact]
    public void Condition_Throws_IsRaisedAtTheInsertAndCanBeHandled()
    {
        Partner partner = null!;
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When().Match(() => partner, p => p.Name!.Length > 1);
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, partner));
        }));
        var fact = new Partner { Id = 7 };
        var error = Assert.Throws<RuleLhsExpressionEvaluationException>(() => fixture.Session.Insert(fact));
        Assert.Equal("R", error.RuleName);
        Assert.Contains("Length", error.Expression, StringComparison.Ordinal);
        Assert.Equal(["Partner 7"], error.Facts);
        Assert.IsType<NullReferenceException>(error.InnerException);
        fixture.Session.Events.LhsExpressionFailedEvent += (_, e) => e.IsHandled = true;
        fixture.Session.Insert(new Partner { Id = 8 });
        fact.Name = "Acme";
        fixture.Session.Update(fact);
        Assert.Equal(1, fixture.Session.Fire());
    }

    [Fact]
    public void JoinCondition_ThrowsOnMissingKey_OnlyWhenThereIsSomethingToCompare()
    {
        Partner partner = null!;
        Deal deal = null!;
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When().Match(() => partner).Match(() => deal, d => d.Amount == partner.Name!.Length);
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, deal));
        }));
        var nameless = new Partner { Id = 1 };
        fixture.Session.Insert(nameless);
        var deal1 = new Deal { Amount = 4 };
        Assert.Throws<RuleLhsExpressionEvaluationException>(() => fixture.Session.Insert(deal1));
        nameless.Name = "Acme";
        fixture.Session.Update(nameless);
        Assert.Equal(1, fixture.Session.Fire());
    }

    [Fact]
    public void Action_Throws_IsWrappedAndCanBeHandled()
    {
        Partner partner = null!;
        var ran = new Counter();
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.When().Match(() => partner);
            r.Then().Do(ctx => Throw(partner)).Do(ctx => ran.Increment());
        }));
        fixture.Session.InsertAll([new Partner { Id = 1 }, new Partner { Id = 2 }]);
        var error = Assert.Throws<RuleRhsExpressionEvaluationException>(() => fixture.Session.Fire());
        Assert.IsType<InvalidOperationException>(error.InnerException);
        Assert.Equal("R", error.RuleName);
        fixture.Session.Events.RhsExpressionFailedEvent += (_, e) => e.IsHandled = e.Exception is InvalidOperationException;
        Assert.Equal(1, fixture.Session.Fire());
        Assert.Equal(1, ran.Value);
    }

    [Fact]
    public void Yield_MatchUpdatedAndRemoved_LinkedFactFollows()
    {
        Partner partner = null!;
        Tier tier = null!;
        var fixture = new RuleFixture(
            new LambdaRule("Rank", r =>
            {
                r.When().Match(() => partner, p => p.Score > 50);
                r.Then().Yield(ctx => new Tier(partner.Id, partner.Score > 80 ? "Gold" : "Silver"));
            }),
            new LambdaRule("Greet", r =>
            {
                r.When().Match(() => tier);
                r.Then().Do(ctx => LambdaRule.NoOp(ctx, tier));
            }));
        var fact = new Partner { Id = 1, Score = 60 };
        fixture.Session.Insert(fact);
        fixture.Session.Fire();
        Assert.Equal("Rank Greet", fixture.Trace);
        Assert.Equal("Silver", fixture.Session.Query<Tier>().Single().Name);
        Assert.Throws<ArgumentException>(() => fixture.Session.Update(new Tier(1, "Silver")));
        Assert.Throws<ArgumentException>(() => fixture.Session.Insert(new Tier(1, "Silver")));
        fact.Score = 90;
        fixture.Session.Update(fact);
        fixture.Session.Fire();
        Assert.Equal("Gold", fixture.Session.Query<Tier>().Single().Name);
        fact.Score = 1;
        fixture.Session.Update(fact);
        Assert.Empty(fixture.Session.Query<Tier>());
    }

    [Fact]
    public void Yield_Chain_IsRetractedToTheEnd()
    {
        Partner partner = null!;
        Tier tier = null!;
        var fixture = new RuleFixture(
            new LambdaRule("Rank", r =>
            {
                r.When().Match(() => partner);
                r.Then().Yield(ctx => new Tier(partner.Id, "Gold"));
            }),
            new LambdaRule("Alert", r =>
            {
                r.When().Match(() => tier);
                r.Then().Yield(ctx => new Alert(tier.Name));
            }));
        var fact = new Partner { Id = 1 };
        fixture.Session.Insert(fact);
        fixture.Session.Fire();
        Assert.Equal(3, fixture.Session.Query<object>().Count());
        fixture.Session.Retract(fact);
        Assert.Empty(fixture.Session.Query<object>());
    }

    [Fact]
    public void Action_ChangesFacts_ForwardChains()
    {
        Partner partner = null!;
        Alert alert = null!;
        var fixture = new RuleFixture(
            new LambdaRule("First", r =>
            {
                r.When().Match(() => partner, p => p.Score == 0);
                r.Then().Do(ctx => ctx.Insert(new Alert("low"))).Do(ctx => SetScore(ctx, partner, 5));
            }),
            new LambdaRule("Second", r =>
            {
                r.When().Match(() => alert).Match(() => partner, p => p.Score == 5);
                r.Then().Do(ctx => ctx.Retract(alert)).Do(ctx => ctx.RetractAll(new object[] { partner }));
            }));
        fixture.Session.Insert(new Partner());
        Assert.Equal(2, fixture.Session.Fire());
        Assert.Empty(fixture.Session.Query<object>());
    }

    [Fact]
    public void Dependency_IsResolvedAndInterceptorSeesArguments()
    {
        Partner partner = null!;
        ILog log = null!;
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            r.Dependency().Resolve(() => log);
            r.When().Match(() => partner);
            r.Then().Do(ctx => log.Write(partner.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }));
        var target = new ListLog();
        fixture.Session.DependencyResolver = new Resolver(target);
        var interceptor = new Interceptor();
        fixture.Session.ActionInterceptor = interceptor;
        fixture.Session.Insert(new Partner { Id = 4 });
        fixture.Session.Fire();
        Assert.Equal(["4"], target.Lines);
        Assert.Equal(2, interceptor.Arguments!.Count);
    }

    [Fact]
    public void DetectSilentChanges_FactChangedInAction_IsFound()
    {
        Partner partner = null!;
        var fixture = new RuleFixture(c => c.DetectSilentChanges = true, new LambdaRule("R", r =>
        {
            r.When().Match(() => partner, p => p.Score == 0);
            r.Then().Do(ctx => SetSilently(partner, 1));
        }));
        fixture.Session.Insert(new Partner { Id = 4 });
        var error = Assert.Throws<SilentFactChangeException>(() => fixture.Session.Fire());
        Assert.Equal("Score", error.Member);
        Assert.Equal("R", error.RuleName);
    }

    [Fact]
    public void Factory_ThirtyTwoThreads_EachHasItsOwnSession()
    {
        var factory = new RuleFixture(ScoreRule()).Factory;
        Parallel.For(0, 32, new ParallelOptions { MaxDegreeOfParallelism = 32 }, i =>
        {
            var session = factory.CreateSession();
            session.InsertAll(Enumerable.Range(0, 100).Select(n => new Partner { Id = n, Score = n }));
            Assert.Equal(49, session.Fire());
        });
    }

    private static LambdaRule ScoreRule() => new("Score", r =>
    {
        Partner partner = null!;
        r.When().Match(() => partner, p => p.Score > 50);
        r.Then().Do(ctx => LambdaRule.NoOp(ctx, partner));
    });

    private static void Throw(Partner partner) => throw new InvalidOperationException("Partner " + partner.Id);

    private static void SetScore(IContext context, Partner partner, int score)
    {
        partner.Score = score;
        context.Update(partner);
    }

    private static void SetSilently(Partner partner, int score) => partner.Score = score;

    public interface ILog
    {
        void Write(string line);
    }

    private sealed class Counter
    {
        public int Value { get; private set; }

        public void Increment() => Value++;
    }

    private sealed class ListLog : ILog
    {
        public List<string> Lines { get; } = [];

        public void Write(string line) => Lines.Add(line);
    }

    private sealed class Resolver(object service) : IDependencyResolver
    {
        public object Resolve(IResolutionContext context, Type serviceType) => service;
    }

    private sealed class Interceptor : IActionInterceptor
    {
        public IReadOnlyList<object?>? Arguments { get; private set; }

        public void Intercept(IContext context, IReadOnlyCollection<IActionInvocation> actions)
        {
            foreach (var action in actions)
            {
                Arguments = action.Arguments;
                action.Invoke();
            }
        }
    }

    private sealed class ById : IEqualityComparer<Partner>
    {
        public bool Equals(Partner? x, Partner? y) => x!.Id == y!.Id;

        public int GetHashCode(Partner obj) => obj.Id;
    }

    private sealed record Ranked(int Id, int Rank) : IIdentityProvider
    {
        public object GetIdentity() => Id;
    }
}
