using System.Diagnostics;
using System.Runtime.CompilerServices;
using Ecosystem.Rules.Rulesets;
using Ecosystem.Workflows;
using Ecosystem.Workflows.Decisions;
using Ecosystem.Workflows.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Benchmarks.Rules.Rulesets;

/// <summary>Measures an impact run as the page starts it: a million decision records in a SQLite file, read, parsed and evaluated under two versions.</summary>
internal sealed class ImpactSuite : IBenchmarkSuite
{
    private const int Distinct = 2_000;
    private const int Copies = 500;

    public string Name => "impact";

    public string Description => "Impact of a draft over a million decision records in the database";

    public async IAsyncEnumerable<BenchmarkRow> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("impact-bench-").FullName;
        try
        {
            var settings = new Dictionary<string, string?> { ["ConnectionStrings:Ecosystem"] = StorageOptions.ForFile(Path.Combine(folder, "ecosystem.db")), ["Database:Synchronous"] = "OFF" };
            await using ServiceProvider services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System)
                .AddEcosystemWorkflows(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).BuildServiceProvider();
            await services.GetRequiredService<DatabaseSchema>().EnsureAsync(cancellationToken);
            await FillAsync(services, settings["ConnectionStrings:Ecosystem"]!, cancellationToken);

            var rulesets = services.GetRequiredService<RulesetService>();
            Actor ops = Actor.Staff("bench", "Bench", ActorSource.Web, "ops");
            await rulesets.BeginDraftAsync("incentive-plan", "bench", ops, cancellationToken);
            await rulesets.SetCellAsync("incentive-plan", "1.1.0", "sections/rate/rows/platinum-other/baseRate", "13", ops, cancellationToken);
            var impacts = services.GetRequiredService<RulesetImpacts>();
            TimeSpan before = Environment.CpuUsage.TotalTime;
            long start = Stopwatch.GetTimestamp();
            RulesetImpactRun run = (await impacts.StartAsync("incentive-plan", null, "1.1.0", null, null, cancellationToken)).Value;
            await impacts.WaitAsync(run, TimeSpan.FromMinutes(10), cancellationToken);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            ImpactReport report = run.Report ?? throw new InvalidOperationException(run.Error);
            yield return new BenchmarkRow(Name, $"{report.Total} decision records, {report.Changed} change, {report.Failed} fail", seconds, "s", "the 30 s allowed", seconds / 30);
            double cpu = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
            yield return new BenchmarkRow(Name, "processor time of that run, all threads", cpu, "s", "two cores for 30 s", cpu / 60);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Stores some decisions the way the product does, then copies their rows under ids of their own.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA2100", Justification = "The names of the columns come from the database itself.")]
    private static async Task FillAsync(ServiceProvider services, string connectionString, CancellationToken cancellationToken)
    {
        string[] tiers = ["registered", "silver", "gold", "platinum"], series = ["GTX", "GTK", "MG"];
        var decisions = services.GetRequiredService<DecisionService>();
        var storage = services.GetRequiredService<StorageSession>();
        Actor actor = Actor.System("bench");
        await storage.WriteAsync(
            (db, _) =>
            {
                for (int i = 0; i < Distinct; i++)
                {
                    var inputs = new Dictionary<string, object?>
                    {
                        ["event"] = "won",
                        ["eventOn"] = new DateOnly(2026, 1, 1).AddDays(i % 365),
                        ["tier"] = tiers[i % 4],
                        ["productSeries"] = series[i % 3],
                        ["amount"] = (decimal)(100 + (i * 13 % 30_000)),
                        ["currency"] = "USD",
                    };
                    decisions.Decide(db, "incentive-plan", new DateOnly(2026, 1, 1), inputs, new Subject("deal", $"deal-{i}"), actor, new PartnerId($"partner-{i % 500}"));
                }

                return Task.CompletedTask;
            },
            cancellationToken);

        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        var columns = new List<string>();
        await using (SqliteCommand info = connection.CreateCommand())
        {
            info.CommandText = "SELECT name FROM pragma_table_info('DecisionRecord')";
            await using SqliteDataReader names = await info.ExecuteReaderAsync(cancellationToken);
            while (await names.ReadAsync(cancellationToken))
            {
                columns.Add(names.GetString(0));
            }
        }

        await using SqliteCommand copy = connection.CreateCommand();
        copy.CommandTimeout = 0;
        copy.CommandText = $"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Copies - 1})
            INSERT INTO DecisionRecord ({string.Join(", ", columns.Select(c => $"\"{c}\""))})
            SELECT {string.Join(", ", columns.Select(c => c == "Id" ? "r.Id || '-' || n.i" : $"r.\"{c}\""))} FROM n, (SELECT * FROM DecisionRecord) r
            """;
        await copy.ExecuteNonQueryAsync(cancellationToken);
    }
}
