using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Workflows.Integration.Outbox;

/// <summary>
/// Delivers outbox messages: in batches, several keys at once, the messages of one key in order and one after the other. At least once:
/// a message is removed after it was delivered, so one that was delivered just before the process died comes again. Woken by every commit
/// that leaves messages; looks by itself now and then, as another process may have written some. Waits in real time also when the
/// application runs in virtual time.
/// </summary>
/// <param name="storage">The database.</param>
/// <param name="leases">Say which process delivers.</param>
/// <param name="signal">Wakes it.</param>
/// <param name="deliveries">Who delivers which kind. Messages of a kind nobody delivers are removed: nobody listens.</param>
/// <param name="clock">The application's time, for what is stored.</param>
/// <param name="logger">The log.</param>
internal sealed partial class OutboxDispatcher(
    StorageSession storage, Leases leases, WorkSignal signal, IEnumerable<IOutboxDelivery> deliveries, TimeProvider clock, ILogger<OutboxDispatcher> logger)
    : PollingService(leases, Lease.Outbox, signal, IdlePoll), IOutboxDispatcher
{
    private const int BatchSize = 512;
    private const int Parallelism = 16;
    private static readonly TimeSpan IdlePoll = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);
    private readonly Dictionary<OutboxKind, IOutboxDelivery> byKind = deliveries.GroupBy(delivery => delivery.Kind).ToDictionary(group => group.Key, group => group.Count() == 1 ? group.First() : new SeveralDeliveries(group.Key, [.. group]));
    private readonly Dictionary<string, long> notBefore = new(StringComparer.Ordinal);
    private volatile TaskCompletionSource passed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task WaitUntilEmptyAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var next = passed.Task;
            if (!await storage.ReadAsync((db, token) => db.Set<OutboxMessage>().AnyAsync(message => message.ParkedAt == null, token), cancellationToken))
            {
                return;
            }

            Wake();
            await Task.WhenAny(next, Task.Delay(IdlePoll, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Delivers one batch.</summary>
    /// <returns>True when something was delivered or parked, so that there may be more.</returns>
    internal override async Task<bool> PassAsync(CancellationToken cancellationToken)
    {
        var done = passed;
        var now = Environment.TickCount64;
        string[] waiting = [.. notBefore.Where(entry => entry.Value > now).Select(entry => entry.Key)];
        var batch = await storage.ReadAsync(
            (db, token) => db.Set<OutboxMessage>()
                .Where(message => message.ParkedAt == null && !waiting.Contains(message.Key))
                .OrderBy(message => message.Sequence)
                .Take(BatchSize)
                .ToListAsync(token),
            cancellationToken);
        if (batch.Count == 0)
        {
            Pass(done);
            return false;
        }

        var groups = batch.GroupBy(message => message.Key, StringComparer.Ordinal).Select(group => group.ToArray()).ToArray();
        var results = new List<(OutboxMessage Message, DeliveryOutcome Outcome)>[groups.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, groups.Length, options, async (i, token) => results[i] = await DeliverInOrderAsync(groups[i], token));
        var all = results.SelectMany(result => result).ToList();
        await RecordAsync(all);
        Pass(done);
        return all.Exists(result => result.Outcome.State != DeliveryState.Retry);
    }

    protected override void Failed(Exception error) => LogFailed(logger, error, IdlePoll);

    private void Pass(TaskCompletionSource done)
    {
        passed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        done.TrySetResult();
    }

    private async Task<List<(OutboxMessage Message, DeliveryOutcome Outcome)>> DeliverInOrderAsync(OutboxMessage[] messages, CancellationToken cancellationToken)
    {
        List<(OutboxMessage, DeliveryOutcome)> results = new(messages.Length);
        foreach (var message in messages)
        {
            var outcome = await DeliverAsync(message, cancellationToken);
            results.Add((message, outcome));
            if (outcome.State == DeliveryState.Retry)
            {
                break;
            }
        }

        return results;
    }

    private async Task<DeliveryOutcome> DeliverAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        if (!byKind.TryGetValue(message.Kind, out var delivery))
        {
            return DeliveryOutcome.Delivered;
        }

        try
        {
            return await delivery.DeliverAsync(message, cancellationToken);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            return DeliveryOutcome.Retry(error.Message);
        }
    }

    // Not cancellable: what was delivered is to be recorded even while the process stops.
    private async Task RecordAsync(IReadOnlyList<(OutboxMessage Message, DeliveryOutcome Outcome)> results)
    {
        long[] delivered = [.. results.Where(result => result.Outcome.State == DeliveryState.Delivered).Select(result => result.Message.Sequence)];
        var others = results.Where(result => result.Outcome.State != DeliveryState.Delivered).ToList();
        await storage.WriteAsync(async (db, token) =>
        {
            if (delivered.Length > 0)
            {
                await db.Set<OutboxMessage>().Where(message => delivered.Contains(message.Sequence)).ExecuteDeleteAsync(token);
            }

            foreach (var (message, outcome) in others)
            {
                DateTimeOffset? parked = outcome.State == DeliveryState.Park ? clock.GetUtcNow() : null;
                await db.Set<OutboxMessage>().Where(row => row.Sequence == message.Sequence).ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.Attempts, row => row.Attempts + 1).SetProperty(row => row.ErrorText, outcome.Reason).SetProperty(row => row.ParkedAt, parked),
                    token);
            }
        });
        foreach (var (message, outcome) in results)
        {
            switch (outcome.State)
            {
                case DeliveryState.Retry:
                    var delay = TimeSpan.FromMilliseconds(Math.Min(LongestDelay.TotalMilliseconds, 50 * Math.Pow(2, Math.Min(message.Attempts, 12))));
                    notBefore[message.Key] = Environment.TickCount64 + (long)delay.TotalMilliseconds;
                    LogRetry(logger, message.Id, message.Kind, message.Key, message.Attempts + 1, delay, outcome.Reason ?? "");
                    break;
                case DeliveryState.Park:
                    LogParked(logger, message.Id, message.Kind, message.Key, outcome.Reason ?? "");
                    break;
                default:
                    notBefore.Remove(message.Key);
                    break;
            }
        }
    }
}
