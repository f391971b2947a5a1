using Ecosystem.Rules.Fluent.Dsl;

namespace Ecosystem.Rules.Tests.Production.Compatibility;

/// <summary>
/// An expression of an aggregation throws and a handler takes care of it: the aggregation of that partial match is given up, and starts anew with
/// the next change that reaches it.
/// </summary>
public class AggregateErrorTests
{
    private FailingRule _rule = null!;
    private RuleFixture _fixture = null!;
    private readonly Partner _partner1 = new() { Id = 1 };
    private readonly Partner _partner2 = new() { Id = 2 };

    public static TheoryData<string> Kinds => ["group", "select", "flatten", "sort", "lookup"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Insert_FailsAfterOthers_GivesUpTheResultsOfThatPartialMatchOnly(string kind)
    {
        Start(kind);
        Insert(11, 1);
        Insert(21, 2);
        _rule.Throws = true;
        Insert(12, 1);
        Assert.Equal("2: 21", Fire());
        _rule.Throws = false;
        Insert(13, 1);
        Assert.Equal("1: 11 12 13", Fire());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Update_Fails_WithdrawsUntilTheNextUpdate(string kind)
    {
        Start(kind);
        var deal = Insert(11, 1);
        Insert(12, 1);
        _rule.Throws = true;
        _fixture.Session.Update(deal);
        Assert.Equal(string.Empty, Fire());
        _rule.Throws = false;
        _fixture.Session.Update(_partner1);
        Assert.Equal("1: 11 12", Fire());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Retract_OfWhatFailed_LeavesTheOthers(string kind)
    {
        Start(kind);
        Insert(11, 1);
        _rule.Throws = true;
        var failed = Insert(12, 1);
        _rule.Throws = false;
        _fixture.Session.Retract(failed);
        Assert.Equal("1: 11", Fire());
        _fixture.Session.Retract(_partner1);
        Assert.Equal(string.Empty, Fire());
    }

    [Fact]
    public void Insert_FailsUnhandled_TellsTheFactsOfTheMatch()
    {
        Start("group");
        var fixture = new RuleFixture(_rule);
        fixture.Session.Insert(_partner1);
        _rule.Throws = true;
        var deal = new Deal { Id = 5, PartnerId = 1 };
        var error = Assert.Throws<RuleLhsExpressionEvaluationException>(() => fixture.Session.Insert(deal));
        Assert.Equal(["Partner 1", "Deal 5"], error.Facts);
        Assert.EndsWith("Facts=Partner 1, Deal 5", error.Message, StringComparison.Ordinal);
        Assert.Equal(typeof(FailingRule).FullName, error.RuleName);
        Assert.Contains("Key(", error.Expression, StringComparison.Ordinal);
    }

    private void Start(string kind)
    {
        _rule = new FailingRule(kind);
        _fixture = new RuleFixture(_rule);
        _fixture.Session.Events.LhsExpressionFailedEvent += (_, e) => e.IsHandled = true;
        _fixture.Session.InsertAll([_partner1, _partner2]);
    }

    private Deal Insert(int id, int partner)
    {
        var deal = new Deal { Id = id, PartnerId = partner };
        _fixture.Session.Insert(deal);
        return deal;
    }

    private string Fire()
    {
        _fixture.Forget();
        _rule.Seen.Clear();
        _fixture.Session.Fire();
        return string.Join("; ", _rule.Seen.GroupBy(s => s.Partner).Select(g => $"{g.Key}: {string.Join(' ', g.Select(s => s.Deal).Order())}"));
    }

    private sealed class FailingRule(string kind) : Rule
    {
        public bool Throws { get; set; }

        public List<(int Partner, int Deal)> Seen { get; } = [];

        public override void Define()
        {
            Partner partner = null!;
            IEnumerable<Deal> deals = null!;
            When()
                .Match(() => partner)
                .Query(() => deals, q => Aggregate(q.Match<Deal>(d => d.PartnerId == partner.Id)).Where(c => c.Any()));
            Then().Do(ctx => See(partner, deals));
        }

        private IQuery<IEnumerable<Deal>> Aggregate(IQuery<Deal> deals) => kind switch
        {
            "group" => deals.GroupBy(d => Key(d, 0)),
            "select" => deals.Select(d => new Deal { Id = Key(d, d.Id) }).Collect(),
            "flatten" => deals.SelectMany(d => new[] { d }.Where(i => Key(i, 1) == 1)).Collect(),
            "sort" => deals.Collect().OrderBy(d => Key(d, d.Id)),
            _ => deals.Collect().ToLookup(d => Key(d, d.Id)).Select(l => l.SelectMany(g => g)),
        };

        private int Key(Deal deal, int key) => Throws ? throw new InvalidOperationException($"key of {deal}") : key;

        private void See(Partner partner, IEnumerable<Deal> deals) => Seen.AddRange(deals.Select(d => (partner.Id, d.Id)));
    }
}
