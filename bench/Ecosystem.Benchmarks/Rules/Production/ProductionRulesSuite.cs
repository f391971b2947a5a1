using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ecosystem.Rules;
using Ecosystem.Rules.Fluent;
using Ecosystem.Rules.Fluent.Dsl;
using Ecosystem.Rules.RuleModel;
using static Ecosystem.Benchmarks.Rules.Production.BenchFacts;

namespace Ecosystem.Benchmarks.Rules.Production;

/// <summary>The production rules engine: the rows of the yardstick, each beside straight loops that give the same answer.</summary>
internal sealed class ProductionRulesSuite : IBenchmarkSuite
{
    public const string ColdCompileArgument = "--compile-cold";

    public string Name => "rules";

    public string Description => "production rules against straight C# loops over the same facts (Drools' figures in bench/README.md)";

    public async IAsyncEnumerable<BenchmarkRow> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var measure in new Func<IEnumerable<BenchmarkRow>>[]
        {
            OneCondition, Join, Group, Updates, Collect, Compile, ColdCompile, CreateSession, Lifecycle, FlatUpdates,
        })
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var row in measure())
            {
                yield return row;
            }

            await Task.Yield();
        }
    }

    private static ISessionFactory Compile(params Rule[] rules)
    {
        var repository = new RuleRepository();
        repository.Load(x => x.From(rules));
        return repository.Compile();
    }

    private static IEnumerable<BenchmarkRow> Rows(string name, Measurement engine, Measurement floor)
    {
        yield return new BenchmarkRow(
            "rules", name, engine.BestMilliseconds, "ms", "loops", engine.BestMilliseconds / floor.BestMilliseconds);
        yield return new BenchmarkRow("rules", name + ", median", engine.MedianMilliseconds, "ms");
        yield return new BenchmarkRow("rules", name + ", allocated", engine.Megabytes, "MB");
    }

    private static void Expect(int expected, int actual, string what)
    {
        if (expected != actual)
        {
            throw new InvalidOperationException($"{what}: fired {actual}, expected {expected}");
        }
    }

    private static void FireAll(ISessionFactory factory, object[] facts, int expected, string what)
    {
        var session = factory.CreateSession();
        session.InsertAll(facts);
        Expect(expected, session.Fire(), what);
    }

    private static IEnumerable<BenchmarkRow> OneCondition()
    {
        var factory = Compile(new BenchRules.HighScore());
        object[] facts = Partners(10000);
        var engine = Measurement.Of(_ => FireAll(factory, facts, 4900, "one condition"));
        var floor = Measurement.Of(_ =>
        {
            var hits = 0;
            foreach (var fact in facts)
            {
                hits += ((Partner)fact).Score > 50 ? 1 : 0;
            }

            Expect(4900, hits, "loops");
        });
        return Rows("10,000 partners, one condition, 4,900 firings", engine, floor);
    }

    private static IEnumerable<BenchmarkRow> Join()
    {
        var factory = Compile(new BenchRules.WonInRegion());
        object[] facts = [.. Partners(1000), .. Deals(10000, 1000)];
        var engine = Measurement.Of(_ => FireAll(factory, facts, 1670, "join"));
        var floor = Measurement.Of(_ =>
        {
            var partners = new Dictionary<int, Partner>();
            var hits = 0;
            foreach (var fact in facts)
            {
                if (fact is Partner { Region: "EMEA" } partner)
                {
                    partners.Add(partner.Id, partner);
                }
                else if (fact is Deal { Stage: "Won" } deal && partners.ContainsKey(deal.PartnerId))
                {
                    hits++;
                }
            }

            Expect(1670, hits, "loops");
        });
        return Rows("join 1,000 partners x 10,000 deals, 1,670 firings", engine, floor);
    }

    private static IEnumerable<BenchmarkRow> Group()
    {
        var factory = Compile(new BenchRules.BigPartner());
        object[] facts = Deals(50000, 10000);
        var expected = SumsOver(facts);
        var engine = Measurement.Of(_ => FireAll(factory, facts, expected, "group"), warmUp: 100);
        var floor = Measurement.Of(_ => Expect(expected, SumsOver(facts), "loops"), warmUp: 100);
        return Rows($"group 50,000 deals by 10,000 partners with a sum, {expected:#,0} firings", engine, floor);

        static int SumsOver(object[] facts)
        {
            var sums = new Dictionary<int, int>();
            foreach (var fact in facts)
            {
                if (((Deal)fact).Stage == "Won")
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(sums, ((Deal)fact).PartnerId, out _) += ((Deal)fact).Amount;
                }
            }

            return sums.Values.Count(s => s > 100000);
        }
    }

    private static IEnumerable<BenchmarkRow> Updates()
    {
        var factory = Compile(new BenchRules.WonInRegion(), new BenchRules.BigPartner());
        var session = factory.CreateSession();
        var partners = Partners(1000);
        var deals = Deals(10000, 1000);
        session.InsertAll(partners);
        session.InsertAll(deals);
        session.Fire();
        var fired = 0;
        var engine = Measurement.Of(_ =>
        {
            fired = 0;
            for (var i = 0; i < 1000; i++)
            {
                deals[i].Amount++;
                session.Update(deals[i]);
                fired += session.Fire();
            }
        });
        var byPartner = partners.Where(p => p.Region == "EMEA").ToDictionary(p => p.Id);
        var sums = deals.Where(d => d.Stage == "Won").GroupBy(d => d.PartnerId).ToDictionary(g => g.Key, g => g.Sum(d => d.Amount));
        var floor = Measurement.Of(state =>
        {
            var hits = 0;
            for (var i = 0; i < 1000; i++)
            {
                var deal = deals[i];
                deal.Amount++;
                if (deal.Stage == "Won")
                {
                    hits += byPartner.ContainsKey(deal.PartnerId) ? 1 : 0;
                    hits += ++CollectionsMarshal.GetValueRefOrAddDefault(sums, deal.PartnerId, out _) > 100000 ? 1 : 0;
                }
            }
        });
        return Rows($"1,000 updates, each fired, in join + group of 1,000 x 10,000 ({fired} firings)", engine, floor);
    }

    private static IEnumerable<BenchmarkRow> Collect()
    {
        var factory = Compile(new BenchRules.CollectWon());
        object[] facts = [.. Partners(300), .. Deals(3000, 300)];
        var engine = Measurement.Of(_ => FireAll(factory, facts, 150, "collect"));
        var floor = Measurement.Of(_ =>
        {
            var won = new Dictionary<int, List<Deal>>();
            var hits = 0;
            foreach (var fact in facts)
            {
                if (fact is Partner partner)
                {
                    won.Add(partner.Id, []);
                }
                else if (fact is Deal { Stage: "Won" } deal)
                {
                    won[deal.PartnerId].Add(deal);
                }
            }

            foreach (var deals in won.Values)
            {
                hits += deals.Sum(d => d.Amount) > 0 ? 1 : 0;
            }

            Expect(150, hits, "loops");
        });
        return Rows("collect won deals per partner, 300 x 3,000, 150 firings", engine, floor);
    }

    private static IEnumerable<BenchmarkRow> Compile()
    {
        foreach (var count in new[] { 1, 100, 500 })
        {
            var rules = Definitions(count);
            var start = Stopwatch.GetTimestamp();
            new RuleCompiler().Compile(rules);
            yield return new BenchmarkRow("rules", $"compile {count} rules", Stopwatch.GetElapsedTime(start).TotalMilliseconds, "ms");
        }
    }

    /// <summary>Compiles in processes of their own, where nothing is warm.</summary>
    private static IEnumerable<BenchmarkRow> ColdCompile()
    {
        foreach (var count in new[] { 1, 100, 500 })
        {
            var best = (Process: double.MaxValue, Compile: double.MaxValue);
            for (var i = 0; i < 3; i++)
            {
                using var process = Process.Start(
                    new ProcessStartInfo(Environment.ProcessPath!, [ColdCompileArgument, count.ToString(CultureInfo.InvariantCulture)])
                    {
                        RedirectStandardOutput = true,
                    })!;
                var figures = process.StandardOutput.ReadToEnd().Split(' ').Select(f => double.Parse(f, CultureInfo.InvariantCulture)).ToArray();
                process.WaitForExit();
                best = (Math.Min(best.Process, figures[0]), Math.Min(best.Compile, figures[1]));
            }

            yield return new BenchmarkRow("rules", $"compile {count} rules in a cold process, match and fire", best.Compile, "ms");
            yield return new BenchmarkRow("rules", $"compile {count} rules in a cold process, with its start", best.Process, "ms");
        }
    }

    /// <summary>What such a process does; prints the milliseconds since it started and those of defining, compiling and firing.</summary>
    public static void CompileCold(int count)
    {
        var start = Stopwatch.GetTimestamp();
        var session = new RuleCompiler().Compile(Definitions(count)).CreateSession();
        session.InsertAll([.. Partners(97), .. Deals(97, 97)]);
        session.Fire();
        var compile = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        var process = (DateTime.UtcNow - Process.GetCurrentProcess().StartTime.ToUniversalTime()).TotalMilliseconds;
        Console.Write(string.Create(CultureInfo.InvariantCulture, $"{process} {compile}"));
    }

    private static List<IRuleDefinition> Definitions(int count)
    {
        var repository = new RuleRepository();
        repository.Load(x => x.From(Enumerable.Range(0, count).Select(i => (Rule)new BenchRules.Lifecycle(i))));
        return [.. repository.GetRuleSets().SelectMany(s => s.Rules)];
    }

    private static IEnumerable<BenchmarkRow> CreateSession()
    {
        var factory = new RuleCompiler().Compile(Definitions(50));
        var measured = Measurement.Of(_ =>
        {
            for (var i = 0; i < 100; i++)
            {
                factory.CreateSession();
            }
        });
        yield return new BenchmarkRow("rules", "create a session of 50 rules", measured.BestMilliseconds * 10, "us");
        yield return new BenchmarkRow("rules", "create a session of 50 rules, allocated", measured.Megabytes * 10000, "bytes");
    }

    private static IEnumerable<BenchmarkRow> Lifecycle()
    {
        var factory = new RuleCompiler().Compile(Definitions(200));
        object[] facts = [.. Partners(10000), .. Deals(50000, 10000)];
        var fired = 0;
        var measured = Measurement.Of(
            _ =>
            {
                var session = factory.CreateSession();
                session.InsertAll(facts);
                fired = session.Fire();
            },
            warmUp: 3,
            rounds: 7);
        yield return new BenchmarkRow(
            "rules", $"200 lifecycle rules over 10,000 partners and 50,000 deals ({fired:#,0} firings)", measured.BestMilliseconds, "ms");
        yield return new BenchmarkRow("rules", "200 lifecycle rules, allocated", measured.Megabytes, "MB");
    }

    private static IEnumerable<BenchmarkRow> FlatUpdates()
    {
        var factory = Compile(new BenchRules.WonInRegion(), new BenchRules.BigPartner());
        foreach (var others in new[] { 10_000, 100_000, 1_000_000 })
        {
            var session = factory.CreateSession();
            session.InsertAll(Partners(100));
            var deals = Deals(1000, 100);
            session.InsertAll(deals);
            var idle = Enumerable.Range(0, others).Select(i => new Deal { Id = i + 1000, PartnerId = i + 1000, Stage = "Won" }).ToArray();
            var before = GC.GetTotalMemory(true);
            session.InsertAll(idle);
            var perFact = (double)(GC.GetTotalMemory(true) - before) / others;
            session.Fire();
            var measured = Measurement.Of(
                _ =>
                {
                    for (var i = 0; i < 1000; i++)
                    {
                        deals[i].Amount++;
                        session.Update(deals[i]);
                        session.Fire();
                    }
                },
                warmUp: 50);
            yield return new BenchmarkRow(
                "rules", $"one update beside {others:#,0} facts that do not join", measured.BestMilliseconds * 1000, "ns");
            yield return new BenchmarkRow("rules", $"memory of one of {others:#,0} facts that wait in a join and a group", perFact, "bytes");
            GC.KeepAlive(idle);
        }
    }
}
