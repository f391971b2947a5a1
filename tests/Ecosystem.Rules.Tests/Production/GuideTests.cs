using Ecosystem.Rules.Diagnostics;
using Ecosystem.Rules.Fluent;
using Ecosystem.Rules.Fluent.Dsl;
using Ecosystem.Rules.Testing;

namespace Ecosystem.Rules.Tests.Production;

/// <summary>The code of docs/guide/rules.md, which must stay the same as there.</summary>
public class GuideTests : RulesTestFixture
{
    public GuideTests() => Setup.Rule<GoldPartnerRule>();

    [Fact]
    public void Guide_RunIt_YieldsAGoldPartner()
    {
        var repository = new RuleRepository();
        repository.Load(x => x.NestedTypes().From(typeof(GoldPartnerRule)));
        ISessionFactory factory = repository.Compile();

        ISession session = factory.CreateSession();
        session.Insert(new Partner { Id = 1, Score = 70 });
        session.InsertAll(new[] { new Deal { PartnerId = 1, Amount = 80 }, new Deal { PartnerId = 1, Amount = 40 } });
        session.Fire();

        GoldPartner gold = session.Query<GoldPartner>().Single();
        Assert.Equal(new GoldPartner(1, 120), gold);
        Assert.Contains("Score", session.WhyNot("Gold partner", new Partner { Id = 2, Score = 10 }).ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(session.GetSchema().ToDot(session.Metrics));
    }

    [Fact]
    public void Guide_TestIt_EnoughWonDealsFires()
    {
        Session.Insert(new Partner { Id = 1, Score = 70 });
        Session.Insert(new Deal { PartnerId = 1, Amount = 120 });
        Session.Fire();
        Verify(x => x.Rule().Fired(Times.Once, Matched.Fact<Partner>(p => p.Id == 1)));
    }

    [Fact]
    public void Guide_CodeOfTheRule_IsTheCodeThatIsTestedHere()
    {
        var root = AppContext.BaseDirectory;
        while (root is not null && !File.Exists(Path.Combine(root, "docs", "guide", "rules.md")))
        {
            root = Path.GetDirectoryName(root);
        }

        Assert.SkipWhen(root is null, "The sources are not beside the tests.");
        var guide = Lines(File.ReadAllText(Path.Combine(root!, "docs", "guide", "rules.md")));
        var tests = Lines(File.ReadAllText(Path.Combine(root!, "tests", "Ecosystem.Rules.Tests", "Production", "GuideTests.cs")));
        var snippet = guide.SkipWhile(l => l != "[Name(\"Gold partner\")]").TakeWhile(l => l != "```").ToList();
        Assert.True(snippet.Count > 15);
        Assert.Contains(string.Join('\n', snippet), string.Join('\n', tests), StringComparison.Ordinal);
    }

    private static List<string> Lines(string text) => [.. text.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0)];

    public sealed record GoldPartner(int PartnerId, int Total);

    [Name("Gold partner")]
    [Priority(10)]
    public class GoldPartnerRule : Rule
    {
        public override void Define()
        {
            Partner partner = null!;
            IEnumerable<Deal> deals = null!;
            var total = 0;

            When()
                .Match(() => partner, p => p.Score > 50)
                .Query(() => deals, q => q
                    .Match<Deal>(d => d.PartnerId == partner.Id, d => d.Stage == "Won")
                    .Collect())
                .Let(() => total, () => deals.Sum(d => d.Amount))
                .Having(() => total > 100);

            Then()
                .Yield(ctx => new GoldPartner(partner.Id, total));
        }
    }
}
