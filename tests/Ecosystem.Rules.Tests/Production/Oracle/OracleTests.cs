using System.Globalization;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Tests.Production.Oracle;

/// <summary>Random rules and random changes of facts: after each change, the engine's matches must be those that a naive evaluation finds.</summary>
public class OracleTests
{
    private const int ProgramsPerRuleSet = 5;

    [Fact]
    public void Session_RandomPrograms_HasTheMatchesOfTheNaiveEngine()
    {
        var seed = Setting("RULES_ORACLE_SEED", 20240611);
        var ruleSets = Setting("RULES_ORACLE_RULE_SETS", 1000);
        TestContext.Current.TestOutputHelper?.WriteLine($"Seeds {seed} to {seed + ruleSets - 1}");
        Parallel.For(0, ruleSets, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i => RunRuleSet(seed + i));
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    private static void RunRuleSet(int seed)
    {
        var random = new Random(seed);
        var rules = Enumerable.Range(0, random.Next(1, 4)).Select(i => RandomRule.Create(random, "R" + i)).ToList();
        var factory = new RuleCompiler().Compile(rules.Select(r => r.ToDefinition()));
        for (var program = 0; program < ProgramsPerRuleSet; program++)
        {
            Run(seed, program, random, rules, factory);
        }
    }

    private static void Run(int seed, int program, Random random, List<RandomRule> rules, ISessionFactory factory)
    {
        var facts = new List<Item>();
        var current = new List<IMatch>();
        var fired = new List<(int Priority, string Match)>();
        var done = new HashSet<string>();
        var free = new HashSet<string>();
        var pending = new Dictionary<string, int>();
        var session = factory.CreateSession(s =>
        {
            s.Events.ActivationCreatedEvent += (_, e) => current.Add(e.Match);
            s.Events.ActivationDeletedEvent += (_, e) => Assert.True(current.Remove(e.Match), Where("an unknown match was deleted"));
            s.Events.RuleFiredEvent += (_, e) => fired.Add((e.Match.Rule.Priority, Describe(e.Match, RuleOf(e.Match))));
        });
        var before = Naive(rules, facts);
        Remember(before, [], []);
        var nextId = 0;
        var operations = random.Next(5, 25);
        for (var step = 0; step < operations; step++)
        {
            var touched = Change(session, random, facts, ref nextId);
            var expected = Naive(rules, facts);
            var actual = current.Select(m => Describe(m, RuleOf(m))).Order(StringComparer.Ordinal).ToList();
            Assert.True(
                expected.Select(m => m.Description).SequenceEqual(actual),
                Where($"step {step}: expected {string.Join(" | ", expected.Select(m => m.Description))}, found {string.Join(" | ", actual)}; "
                    + $"rules {string.Join(" / ", rules.Select(r => r.Name + " " + string.Join(", ", r.Steps)))}; facts {string.Join(" ", facts)}"));
            Remember(expected, before, touched);
            before = expected;
            if (random.Next(4) == 0)
            {
                session.Fire();
                var simple = rules.Where(r => !r.HasAggregates).Select(r => r.Name + ":").ToArray();
                var due = pending.Keys.ToHashSet();
                var did = fired.Select(f => f.Match).Where(f => Array.Exists(simple, s => f.StartsWith(s, StringComparison.Ordinal))).ToList();
                Assert.True(
                    did.Distinct().Count() == did.Count && due.IsSubsetOf(did) && did.TrueForAll(f => due.Contains(f) || free.Contains(f)),
                    Where($"step {step}: fired {string.Join(" | ", fired)}; due {string.Join(" | ", pending)}"));
                Assert.True(fired.Zip(fired.Skip(1)).All(f => f.First.Priority >= f.Second.Priority), Where($"step {step}: fired out of order of priority"));
                done.UnionWith(fired.Select(f => f.Match));
                fired.Clear();
                free.Clear();
                pending.Clear();
                Assert.True(session.Agenda.IsEmpty, Where("the agenda is not empty after firing"));
            }
        }

        // Rules without aggregations fire for each match that is new, or has an updated fact, since they last fired.
        void Remember(List<(string Description, IReadOnlyList<Item> Bound)> now, List<(string Description, IReadOnlyList<Item> Bound)> earlier, HashSet<Item> touched)
        {
            var known = earlier.Select(m => m.Description).ToHashSet();
            var present = now.Select(m => m.Description).ToHashSet();
            done.IntersectWith(present);
            foreach (var gone in pending.Keys.Where(k => !present.Contains(k)).ToList())
            {
                pending.Remove(gone);
            }

            foreach (var (description, bound) in now)
            {
                var rule = rules.First(r => description.StartsWith(r.Name + ":", StringComparison.Ordinal));
                if (rule.HasAggregates)
                {
                    continue;
                }

                if (known.Contains(description) && !bound.Any(touched.Contains))
                {
                    // What exists, or does not, may have been there by other facts before: then the match is withdrawn and made anew.
                    if (rule.HasQuantifiers)
                    {
                        free.Add(description);
                    }

                    continue;
                }

                if (rule.Repeatability == RuleRepeatability.Repeatable || !done.Contains(description))
                {
                    pending[description] = 1;
                }
                else if (rule.HasQuantifiers || bound.Count(touched.Contains) > 1)
                {
                    // While the update travels through the network, the match may be gone for a moment and come back as a new one.
                    free.Add(description);
                }
            }
        }

        RandomRule RuleOf(IMatch match) => rules.First(r => r.Name == match.Rule.Name);

        string Where(string what) => $"seed {seed}, program {program}: {what}";
    }

    private static HashSet<Item> Change(ISession session, Random random, List<Item> facts, ref int nextId)
    {
        var choice = random.Next(10);
        if (facts.Count == 0 || choice < 4)
        {
            var added = new List<Item>();
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                var id = nextId++;
                var (key, value) = (random.Next(4), random.Next(6));
                added.Add(random.Next(2) == 0 ? new Red { Id = id, Key = key, Value = value } : new Blue { Id = id, Key = key, Value = value });
            }

            facts.AddRange(added);
            session.InsertAll(added);
            return [];
        }

        var some = facts.Where(_ => random.Next(facts.Count) < 2).Take(3).ToList();
        if (choice < 8)
        {
            foreach (var fact in some)
            {
                fact.Key = random.Next(3) == 0 ? random.Next(4) : fact.Key;
                fact.Value = random.Next(2) == 0 ? random.Next(6) : fact.Value;
            }

            session.UpdateAll(some);
            return [.. some];
        }

        facts.RemoveAll(some.Contains);
        session.RetractAll(some);
        return [];
    }

    private static List<(string Description, IReadOnlyList<Item> Bound)> Naive(List<RandomRule> rules, List<Item> facts) =>
        [.. rules.SelectMany(r => NaiveEngine.Matches(r, facts)).OrderBy(m => m.Description, StringComparer.Ordinal)];

    private static string Describe(IMatch match, RandomRule rule) => match.Rule.Name + ":" + string.Concat(match.Facts.Where(f => f.Value is not null).Select(f => f.Value switch
    {
        Item item => f.Declaration.Name.EndsWith('b') ? $" b{item.Id}" : $" {item.Id}",
        IGrouping<int, Item> group => $" g{group.Key}[{Ids(group)}]",
        ILookup<int, int> lookup => $" {NaiveEngine.Describe(lookup)}",
        IEnumerable<Item> items when rule.IsSorted(f.Declaration.Name) => $" [{string.Join(",", items.Select(i => i.Id))}]",
        IEnumerable<Item> items => $" [{Ids(items)}]",
        int sum => $" ={sum}",
        var other => $" {other}",
    }));

    private static string Ids(IEnumerable<Item> items) => string.Join(",", items.Select(i => i.Id).Order());
}
