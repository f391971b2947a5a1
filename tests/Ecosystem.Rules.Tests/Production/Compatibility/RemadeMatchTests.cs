using Ecosystem.Rules.Fluent.Dsl;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Tests.Production.Compatibility;

/// <summary>
/// Changes travel the network one after the other, and a match that one of them takes away and another brings back is a new one: it is withdrawn
/// with what it yielded, and fires as created. Events: + created, ~ updated, - deleted.
/// </summary>
public class RemadeMatchTests
{
    private readonly Partner _partner = new() { Id = 1, Score = 10 };
    private readonly Deal _deal = new() { Id = 1, PartnerId = 1, Amount = 20 };
    private readonly Deal _other = new() { Id = 2, PartnerId = 2, Amount = 20 };
    private readonly List<string> _events = [];
    private RuleFixture _fixture = null!;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void UpdateAll_OneFactLeavesAndAnotherComes_RemakesTheMatchOfExists(bool watched)
    {
        Start(watched, Existing());
        (_deal.PartnerId, _other.PartnerId) = (2, 1);
        _fixture.Session.UpdateAll([_deal, _other]);
        Assert.Equal(["-", "+"], _events);
        Assert.Equal(1, _fixture.Session.Fire());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Update_OfTheKey_RemakesTheMatchOfExists(bool watched)
    {
        Start(watched, Existing());
        _partner.Id = 2;
        _fixture.Session.Update(_partner);
        Assert.Equal(["-", "+", "~"], _events);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Update_OfWhatIsNoKey_LeavesTheMatch(bool watched)
    {
        Start(watched, Existing());
        _partner.Name = "n";
        _deal.Amount = 5;
        _fixture.Session.Update(_partner);
        _fixture.Session.Update(_deal);
        Assert.Equal(["~"], _events);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void UpdateAll_BothSidesTakeTheSameNewKey_LeavesTheMatch(bool watched)
    {
        Start(watched, Existing());
        (_partner.Id, _deal.PartnerId) = (7, 7);
        _fixture.Session.UpdateAll([_partner, _deal]);
        Assert.Equal(["~"], _events);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void UpdateAll_BothSidesOfAJoinTakeTheSameNewKey_UpdatesTheMatch(bool watched)
    {
        Start(watched, new LambdaRule("R", r =>
        {
            Partner partner = null!;
            Deal deal = null!;
            r.When().Match(() => partner).Match(() => deal, d => d.PartnerId == partner.Id, d => d.Id == 1);
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, partner, deal));
        }));
        (_partner.Id, _deal.PartnerId) = (7, 7);
        _fixture.Session.UpdateAll([_partner, _deal]);
        Assert.Equal(["~", "~"], _events);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Update_FactThatStandsForItself_LeavesItsOwnMatch(bool watched)
    {
        Start(watched, new LambdaRule("R", r =>
        {
            Deal deal = null!;
            r.When().Match(() => deal, d => d.Amount > 0).Exists<Deal>(d => d.PartnerId == deal.PartnerId);
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, deal));
        }));
        _other.PartnerId = 1;
        _fixture.Session.Update(_other);
        _fixture.Session.Fire();
        _events.Clear();
        _other.PartnerId = 8;
        _fixture.Session.Update(_other);
        Assert.Equal(["~"], _events);
    }

    [Fact]
    public void UpdateAll_OneFactLeavesAndAnotherComes_MakesAndWithdrawsNothingOfNot()
    {
        Start(false, new LambdaRule("R", r =>
        {
            Partner partner = null!;
            r.When().Match(() => partner).Not<Deal>(d => d.PartnerId == partner.Id);
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, partner));
        }));
        (_deal.PartnerId, _other.PartnerId) = (2, 1);
        _fixture.Session.UpdateAll([_deal, _other]);
        Assert.Equal(["+", "-"], _events);
        Assert.Equal(0, _fixture.Session.Fire());
    }

    [Fact]
    public void Insert_FactThatSatisfiesAll_RemakesTheMatchAndUndoesIt()
    {
        var undone = new List<object>();
        Start(false, new LambdaRule("R", r =>
        {
            r.When().All<Deal>(d => d.Amount > 10);
            r.Then().Do(ctx => LambdaRule.NoOp(ctx)).Undo(ctx => undone.Add(ctx));
        }));
        _fixture.Session.Insert(new Deal { Id = 3, Amount = 30 });
        Assert.Equal(["-", "+"], _events);
        _fixture.Session.Fire();
        Assert.Single(undone);
        _events.Clear();
        _fixture.Session.Insert(new Deal { Id = 4, Amount = 3 });
        Assert.Equal(["-"], _events);
    }

    [Fact]
    public void Update_OfTheKeyOfACollection_RemakesAMatchThatItsConditionDropsInBetween()
    {
        Start(false, new LambdaRule("R", r =>
        {
            Partner partner = null!;
            IEnumerable<Deal> deals = null!;
            r.When().Match(() => partner).Query(() => deals, q => q.Match<Deal>(d => d.PartnerId == partner.Id).Collect().Where(c => c.Any()));
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, partner, deals));
        }));
        _partner.Id = 2;
        _fixture.Session.Update(_partner);
        Assert.Equal(["-", "+"], _events);
    }

    [Fact]
    public void Insert_UnderManyMatches_EvaluatesAQueryThatDoesNotDependOnThemOnce()
    {
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            Partner partner = null!;
            IGrouping<string, Deal> group = null!;
            r.When().Match(() => partner).Query(() => group, q => q.Match<Deal>().GroupBy(d => Stage(d)));
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, partner, group));
        }));
        fixture.Session.InsertAll(Enumerable.Range(0, 10).Select(i => new Partner { Id = i }));
        var evaluations = 0;
        fixture.Session.Events.LhsExpressionEvaluatedEvent += (_, _) => evaluations++;
        fixture.Session.Insert(_deal);
        Assert.Equal(1, evaluations);
        Assert.Equal(10, fixture.Session.Fire());
        Assert.NotNull(fixture.Fired<IGrouping<string, Deal>>(0).ToString());
    }

    [Fact]
    public void Insert_RuleWithAlternatives_EvaluatesWhatTheyHaveInCommonOnce()
    {
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            Partner partner = null!;
            r.When().Match(() => partner, p => p.Score > 5).Not<Alert>(a => a.Text.Length > 3)
                .Or(x => x.Exists<Deal>(d => d.PartnerId == partner.Id).Exists<Tier>(t => t.PartnerId == partner.Id));
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, partner));
        }));
        var evaluations = 0;
        fixture.Session.Events.LhsExpressionEvaluatedEvent += (_, _) => evaluations++;
        fixture.Session.Insert(_partner);
        Assert.Equal(1, evaluations);
    }

    [Fact]
    public void Retract_FactOfSeveralMatches_DeletesThemInTheOrderOfTheEarlierFacts()
    {
        var deleted = new List<string>();
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            Partner partner = null!;
            Deal deal = null!;
            r.When().Match(() => partner).Match(() => deal, d => d.PartnerId == partner.Id);
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, partner, deal));
        }));
        Partner first = new() { Id = 5, Name = "first" }, second = new() { Id = 1, Name = "second" };
        fixture.Session.InsertAll([first, second, _deal]);
        first.Id = 1;
        fixture.Session.Update(first);
        fixture.Session.Events.ActivationDeletedEvent += (_, e) => deleted.Add(((Partner)e.Facts.First().Value!).Name!);
        fixture.Session.Retract(_deal);
        Assert.Equal(["first", "second"], deleted);
    }

    private static LambdaRule Existing() => new("R", r =>
    {
        Partner partner = null!;
        r.When().Match(() => partner).Exists<Deal>(d => d.PartnerId == partner.Id);
        r.Then().Do(ctx => LambdaRule.NoOp(ctx, partner));
    });

    private static string Stage(Deal deal) => deal.Stage;

    private void Start(bool watched, Rule rule)
    {
        _fixture = new RuleFixture(rule);
        var events = _fixture.Session.Events;
        if (watched)
        {
            // With a listener each pair is evaluated, without one the index is asked: what happens must be the same.
            events.LhsExpressionEvaluatedEvent += (_, _) => { };
        }

        _fixture.Session.InsertAll([_partner, _deal, _other]);
        _fixture.Session.Fire();
        events.ActivationCreatedEvent += (_, _) => _events.Add("+");
        events.ActivationUpdatedEvent += (_, _) => _events.Add("~");
        events.ActivationDeletedEvent += (_, _) => _events.Add("-");
    }
}
