using System.Text.Json;
using Ecosystem.Rules.Fluent;
using Ecosystem.Rules.Fluent.Dsl;
using Ecosystem.Rules.Json;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Tests.Production;

public class JsonTests
{
    [Fact]
    public void Serialize_RuleWithJoinsQueriesAndYield_ComesBackAndFiresTheSame()
    {
        var repository = new RuleRepository();
        repository.Load(x => x.NestedTypes().From(typeof(EverythingRule)));
        var rule = repository.GetRuleSets().Single().Rules.Single();
        var options = new JsonSerializerOptions { WriteIndented = true };
        RuleSerializer.Setup(options);
        var json = JsonSerializer.Serialize(rule, options);
        var copy = JsonSerializer.Deserialize<IRuleDefinition>(json, options)!;
        Assert.Equal(json, JsonSerializer.Serialize(copy, options));
        Assert.Equal("Everything", copy.Name);
        Assert.Equal(7, copy.Priority);
        Assert.Equal(["a", "b"], copy.Tags);
        Assert.Equal(typeof(EverythingRule), copy.Properties[RuleProperties.ClrType]);
        foreach (var definition in new[] { rule, copy })
        {
            var session = new RuleCompiler().Compile([definition]).CreateSession();
            session.InsertAll([new Partner { Id = 1, Score = 60 }, new Deal { PartnerId = 1, Amount = 5 }, new Deal { PartnerId = 1, Amount = 6 }]);
            Assert.Equal(1, session.Fire());
            Assert.Equal("Partner 1: 11", Assert.Single(session.Query<Alert>()).Text);
        }
    }

    [Fact]
    public void Serialize_RuleThatHoldsAnObject_SaysWhatToUseInstead()
    {
        Partner partner = null!;
        var list = new List<string>();
        var repository = new RuleRepository();
        repository.Load(x => x.From(new LambdaRule("R", r =>
        {
            r.When().Match(() => partner);
            r.Then().Do(ctx => list.Add("x"));
        })));
        var options = new JsonSerializerOptions();
        RuleSerializer.Setup(options);
        var error = Assert.Throws<NotSupportedException>(
            () => JsonSerializer.Serialize(repository.GetRuleSets().Single().Rules.Single(), options));
        Assert.Contains("dependency", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TypeResolver_GenericAndArrayTypes_ComeBack()
    {
        var resolver = new TypeResolver();
        resolver.RegisterDefaultAliases();
        foreach (var type in new[] { typeof(int), typeof(Dictionary<string, List<int?>>), typeof(Deal[]), typeof(IGrouping<int, Deal>) })
        {
            Assert.Equal(type, resolver.GetTypeFromName(resolver.GetTypeName(type)!));
        }

        Assert.Throws<ArgumentException>(() => resolver.GetTypeFromName("Nothing.At.All"));
    }

    [Name("Everything")]
    [Priority(7)]
    [Tag("a")]
    [Tag("b")]
    public class EverythingRule : Rule
    {
        public override void Define()
        {
            Partner partner = null!;
            IEnumerable<Deal> deals = null!;
            var total = 0;
            var minimum = 50;
            When()
                .Match(() => partner, p => p.Score > minimum)
                .Not<Tier>(t => t.PartnerId == partner.Id && t.Name.StartsWith("Gold"))
                .Query(() => deals, q => q.Match<Deal>(d => d.PartnerId == partner.Id).Collect().Where(c => c.Any()))
                .Let(() => total, () => deals.Sum(d => d.Amount));
            Filter().Where(() => total > 10).OnChange(() => total);
            Then().Yield(ctx => new Alert("Partner " + partner.Id + ": " + total));
        }
    }
}
