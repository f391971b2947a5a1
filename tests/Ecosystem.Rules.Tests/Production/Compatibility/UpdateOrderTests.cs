using Ecosystem.Rules.Fluent.Dsl;

namespace Ecosystem.Rules.Tests.Production.Compatibility;

/// <summary>What one batch of updates does to matches comes to the agenda as: gone, new, changed; a group's results as its facts touch them.</summary>
public class UpdateOrderTests
{
    private readonly List<string> _events = [];

    [Fact]
    public void UpdateAll_JoinedFacts_RetractsCreatesThenUpdatesMatches()
    {
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            Partner partner = null!;
            Deal deal = null!;
            r.When().Match(() => partner).Match(() => deal, d => d.PartnerId == partner.Id);
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, partner, deal));
        }));
        Deal stays = new() { Id = 1, PartnerId = 1 }, comes = new() { Id = 2, PartnerId = 9 }, leaves = new() { Id = 3, PartnerId = 1 };
        fixture.Session.InsertAll([new Partner { Id = 1 }, stays, comes, leaves]);
        fixture.Session.Fire();
        fixture.Forget();
        Listen(fixture);
        (comes.PartnerId, leaves.PartnerId) = (1, 9);
        fixture.Session.UpdateAll([stays, comes, leaves]);
        Assert.Equal(["- Deal 3", "+ Deal 2", "~ Deal 1"], _events);
        fixture.Session.Fire();
        Assert.Equal(["Deal 2", "Deal 1"], fixture.AllFired<Deal>().Select(d => d.ToString()));
    }

    [Fact]
    public void UpdateAll_GroupedFacts_ChangesGroupsInTheOrderOfTheFacts()
    {
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            IGrouping<string, Deal> group = null!;
            r.When().Query(() => group, q => q.Match<Deal>().GroupBy(d => d.Stage));
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, group));
        }));
        Deal a = new() { Id = 1, Stage = "a" }, b = new() { Id = 2, Stage = "b" }, c = new() { Id = 3, Stage = "c" };
        fixture.Session.InsertAll([a, b, c]);
        fixture.Session.Fire();
        Listen(fixture);
        (b.Stage, c.Stage) = ("new", "a");
        fixture.Session.UpdateAll([a, b, c]);
        Assert.Equal(["~ a", "- b", "+ new", "- c"], _events);
    }

    [Fact]
    public void Facts_AlternativeWithoutAVariable_HasNoValueForIt()
    {
        var fixture = new RuleFixture(new LambdaRule("R", r =>
        {
            Partner partner = null!;
            Deal deal = null!;
            r.When().Or(x => x.Match(() => partner, p => p.Score > 50).And(y => y.Match(() => partner, p => p.Score <= 50).Match(() => deal)));
            r.Then().Do(ctx => LambdaRule.NoOp(ctx, partner, deal));
        }));
        var matches = new List<string>();
        fixture.Session.Events.RuleFiringEvent += (_, e) => matches.Add(string.Join(' ', e.Facts.Select(f => $"{f.Declaration.Name}={f.Value}:{f.Type.Name}")));
        fixture.Session.Insert(new Partner { Id = 1, Score = 60 });
        fixture.Session.Fire();
        Assert.Equal(["partner=Partner 1:Partner deal=:Deal"], matches);
    }

    private void Listen(RuleFixture fixture)
    {
        fixture.Session.Events.ActivationCreatedEvent += (_, e) => _events.Add("+ " + Last(e.Facts));
        fixture.Session.Events.ActivationUpdatedEvent += (_, e) => _events.Add("~ " + Last(e.Facts));
        fixture.Session.Events.ActivationDeletedEvent += (_, e) => _events.Add("- " + Last(e.Facts));
    }

    private static string? Last(IEnumerable<RuleModel.IFactMatch> facts)
    {
        var value = facts.Last().Value;
        return value is IGrouping<string, Deal> group ? group.Key : value?.ToString();
    }
}
