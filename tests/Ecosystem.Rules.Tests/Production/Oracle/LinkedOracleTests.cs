namespace Ecosystem.Rules.Tests.Production.Oracle;

/// <summary>Random changes of facts under rules that yield facts from facts: what is there after firing must be what a fixpoint by loops gives.</summary>
public class LinkedOracleTests
{
    [Fact]
    public void Session_RulesThatYieldInChains_HoldsWhatFollowsFromTheFacts()
    {
        Red red = null!;
        Tier tier = null!;
        Alert alert = null!;
        var fixture = new RuleFixture(
            new LambdaRule("Tier", r =>
            {
                r.When().Match(() => red, i => i.Value > 1).Not<Blue>(b => b.Key == red.Key);
                r.Then().Yield(ctx => new Tier(red.Id, "v" + red.Value), (ctx, old) => new Tier(red.Id, "v" + red.Value));
            }),
            new LambdaRule("Alert", r =>
            {
                r.When().Match(() => tier, t => t.Name != "v3");
                r.Then().Yield(ctx => new Alert("alert " + tier.PartnerId + tier.Name), (ctx, old) => new Alert("alert " + tier.PartnerId + tier.Name));
            }),
            new LambdaRule("Escalation", r =>
            {
                r.When().Match(() => alert, a => a.Text.StartsWith("alert")).Exists<Red>(i => i.Value == 5);
                r.Then().Yield(ctx => new Partner { Name = alert.Text }, (ctx, old) => new Partner { Name = alert.Text });
            }));
        for (var seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            var session = fixture.Factory.CreateSession();
            var items = new List<Item>();
            for (var step = 0; step < 20; step++)
            {
                Change(random, session, items);
                session.Fire();
                var tiers = items.OfType<Red>().Where(r => r.Value > 1 && !items.OfType<Blue>().Any(b => b.Key == r.Key))
                    .Select(r => new Tier(r.Id, "v" + r.Value)).ToList();
                var alerts = tiers.Where(t => t.Name != "v3").Select(t => "alert " + t.PartnerId + t.Name).ToList();
                var partners = items.OfType<Red>().Any(r => r.Value == 5) ? alerts : [];
                Check(tiers.Select(t => t.ToString()), session.Query<Tier>().Select(t => t.ToString()), seed, step);
                Check(alerts, session.Query<Alert>().Select(a => a.Text), seed, step);
                Check(partners, session.Query<Partner>().Select(p => p.Name!), seed, step);
            }
        }
    }

    private static void Check(IEnumerable<string> expected, IEnumerable<string> actual, int seed, int step) => Assert.True(
        expected.Order(StringComparer.Ordinal).SequenceEqual(actual.Order(StringComparer.Ordinal)),
        $"seed {seed}, step {step}: expected {string.Join(" | ", expected)}, found {string.Join(" | ", actual)}");

    private static void Change(Random random, ISession session, List<Item> items)
    {
        var choice = items.Count == 0 ? 0 : random.Next(5);
        if (choice < 2)
        {
            Item item = random.Next(3) > 0
                ? new Red { Id = session.Query<Item>().Count() + 100, Key = random.Next(4), Value = random.Next(6) }
                : new Blue { Id = random.Next(1000), Key = random.Next(4) };
            if (items.Exists(i => i.GetType() == item.GetType() && i.Id == item.Id))
            {
                return;
            }

            items.Add(item);
            session.Insert(item);
            return;
        }

        var chosen = items[random.Next(items.Count)];
        if (choice == 4)
        {
            items.Remove(chosen);
            session.Retract(chosen);
            return;
        }

        chosen.Value = random.Next(6);
        chosen.Key = random.Next(4);
        session.Update(chosen);
    }
}
