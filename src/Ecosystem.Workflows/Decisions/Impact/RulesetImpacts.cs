using System.Collections.Concurrent;
using System.Globalization;
using Ecosystem.Rules.Rulesets;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Decisions;

/// <summary>
/// What would have changed: runs a version against the one in force over the stored inputs of a period, in the background and in parallel.
/// Changes nothing. Holds the newest 50 runs of this process.
/// </summary>
/// <param name="storage">The database.</param>
/// <param name="rulesets">The versions.</param>
/// <param name="clock">The time.</param>
public sealed class RulesetImpacts(StorageSession storage, RulesetService rulesets, TimeProvider clock) : IAsyncDisposable
{
    private const int Kept = 50;
    private const int Batch = 512;
    private const int Ahead = 16;
    private readonly ConcurrentDictionary<string, RulesetImpactRun> runs = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> order = new();
    private readonly CancellationTokenSource stopping = new();
    private long number;

    /// <summary>Begins a run.</summary>
    /// <param name="name">The ruleset.</param>
    /// <param name="from">The version to compare with; the one in force when null.</param>
    /// <param name="to">The version that may take its place, in any state.</param>
    /// <param name="first">First day of the period; 90 days before the last when null.</param>
    /// <param name="last">Last day of the period; today when null.</param>
    /// <param name="cancellationToken">Gives up beginning; a run that has begun goes on.</param>
    /// <returns>The run, or why it cannot be made.</returns>
    public async Task<Result<RulesetImpactRun>> StartAsync(string name, string? from, string to, DateOnly? first, DateOnly? last, CancellationToken cancellationToken = default)
    {
        if (await rulesets.GetAsync(name, null, from, cancellationToken) is not { } before)
        {
            return Refusal.NotFound("ruleset version", $"{name} {from}", "from");
        }

        if (await rulesets.GetAsync(name, null, to, cancellationToken) is not { } after)
        {
            return Refusal.NotFound("ruleset version", $"{name} {to}", "to");
        }

        if (Ruleset.TryParse(before.Text, out _) is not { } old || Ruleset.TryParse(after.Text, out _) is not { } now)
        {
            return new Refusal("ruleset.not-valid", $"Version {after.Version} has mistakes; mend them first, the check names them.", "to");
        }

        var end = last ?? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var start = first ?? end.AddDays(-90);
        if (start > end)
        {
            return new Refusal("ruleset.period", "The first day of the period is after its last day.", "period");
        }

        var total = await storage.ReadAsync((db, token) => Decisions(db, name, start, end).LongCountAsync(token), cancellationToken);
        var run = new RulesetImpactRun(string.Create(CultureInfo.InvariantCulture, $"impact-{Interlocked.Increment(ref number)}"), name, before.Version, after.Version, start, end, total);
        run.Work = Task.Run(() => WorkAsync(run, old, now, stopping.Token), CancellationToken.None);
        runs[run.Id] = run;
        order.Enqueue(run.Id);
        while (order.Count > Kept && order.TryDequeue(out var oldest))
        {
            runs.TryRemove(oldest, out _);
        }

        return run;
    }

    /// <summary>Looks a run up.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>The run, or null when there is none.</returns>
    public RulesetImpactRun? Find(string id) => runs.GetValueOrDefault(id);

    /// <summary>Waits for a run to end.</summary>
    /// <param name="run">The run.</param>
    /// <param name="patience">How long at most.</param>
    /// <param name="cancellationToken">Gives up waiting; the run goes on.</param>
    /// <returns>True when it has ended.</returns>
    public async Task<bool> WaitAsync(RulesetImpactRun run, TimeSpan patience, CancellationToken cancellationToken = default)
    {
        try
        {
            await run.Work.WaitAsync(patience, clock, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(runs.Values.Select(run => run.Work));
        stopping.Dispose();
    }

    private static IQueryable<DecisionRecord> Decisions(EcosystemDbContext db, string name, DateOnly first, DateOnly last)
    {
        var from = new DateTimeOffset(first, TimeOnly.MinValue, TimeSpan.Zero);
        var to = new DateTimeOffset(last.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
        return db.Set<DecisionRecord>().Where(record => record.Ruleset == name && record.At >= from && record.At < to);
    }

    private async Task WorkAsync(RulesetImpactRun run, Ruleset old, Ruleset now, CancellationToken cancellationToken)
    {
        try
        {
            // The database is read in a thread of its own while the others evaluate: SQLite answers at once, so without it the short queue
            // between them would be full before anyone takes from it.
            using var together = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var queue = new BlockingCollection<IReadOnlyList<ImpactCase>>(Ahead);
            var reading = Task.Run(() => ReadAsync(run, queue, together.Token), CancellationToken.None);
            try
            {
                var report = await RulesetImpact.RunAsync(old, now, queue.GetConsumingEnumerable(together.Token).SelectMany(batch => batch), new ImpactOptions { Progress = run }, together.Token);
                await reading;
                run.End(report);
            }
            finally
            {
                await together.CancelAsync();
                await reading.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
                queue.Dispose();
            }
        }
        catch (OperationCanceledException)
        {
            run.Fail("The program was stopped.");
        }
        catch (Exception failure) when (failure is RulesetException or System.Data.Common.DbException or InvalidOperationException)
        {
            run.Fail(failure.Message);
        }
    }

    private async Task ReadAsync(RulesetImpactRun run, BlockingCollection<IReadOnlyList<ImpactCase>> queue, CancellationToken cancellationToken)
    {
        try
        {
            await storage.ReadAsync(
                async (db, token) =>
                {
                    var rows = Decisions(db, run.Ruleset, run.FirstDay, run.LastDay)
                        .Select(record => new { record.Id, record.SubjectKind, record.SubjectId, record.PartnerId, record.InputsJson })
                        .AsAsyncEnumerable();
                    var batch = new List<ImpactCase>(Batch);
                    await foreach (var row in rows.WithCancellation(token))
                    {
                        batch.Add(new ImpactCase(row.Id.Value, row.PartnerId?.Value ?? $"{row.SubjectKind}/{row.SubjectId}", new StoredInputs(row.InputsJson)));
                        if (batch.Count == Batch)
                        {
                            queue.Add(batch, token);
                            batch = new List<ImpactCase>(Batch);
                        }
                    }

                    queue.Add(batch, token);

                    return true;
                },
                cancellationToken);
        }
        finally
        {
            queue.CompleteAdding();
        }
    }
}
