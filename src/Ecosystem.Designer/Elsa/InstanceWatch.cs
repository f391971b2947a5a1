using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Ecosystem.Workflows;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Storage;
using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Designer.Elsa;

/// <summary>
/// Tells viewers what happens in the cases they watch. Cases move in any process of the installation, so their records are looked at: one
/// query for all watched cases, twice a second, and none while nobody watches.
/// </summary>
internal sealed partial class InstanceWatch(IHubContext<WorkflowInstanceHub> hub, StorageSession storage, ElsaInstances instances, TimeProvider clock, ILogger<InstanceWatch> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private readonly ConcurrentDictionary<string, CaseId> watchers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<CaseId, (int Entries, CaseStatus Status, DateTimeOffset At)> known = new();
    private readonly SemaphoreSlim someone = new(0, 1);

    /// <summary>Adds a viewer.</summary>
    public void Add(string connection, CaseRecord record)
    {
        watchers[connection] = record.Id;
        known.TryAdd(record.Id, (record.LastEntry, record.Status, record.ChangedAt));
        if (someone.CurrentCount == 0)
        {
            someone.Release();
        }
    }

    /// <summary>Removes a viewer.</summary>
    public void Remove(string connection)
    {
        if (watchers.TryRemove(connection, out var id) && !watchers.Values.Contains(id))
        {
            known.TryRemove(id, out _);
        }
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        someone.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            if (watchers.IsEmpty)
            {
                await someone.WaitAsync(stoppingToken);
            }

            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                Failed(failure);
            }

            await Task.Delay(Pause, clock, stoppingToken);
        }
    }

    private async Task LookAsync(CancellationToken ct)
    {
        var ids = watchers.Values.Distinct().ToList();
        var records = await storage.ReadAsync((db, token) => db.Set<CaseRecord>().Where(record => ids.Contains(record.Id)).ToListAsync(token), ct);
        foreach (var record in records)
        {
            var now = (record.LastEntry, record.Status, record.ChangedAt);
            if (known.TryGetValue(record.Id, out var before) && before != now && known.TryUpdate(record.Id, now, before))
            {
                await TellAsync(record, ct);
            }
        }
    }

    private async Task TellAsync(CaseRecord record, CancellationToken ct)
    {
        var viewers = hub.Clients.Group(record.Id.Value);
        if (await instances.FindAsync(record.Id.Value, Actor.System("designer"), ct) is { } loaded)
        {
            await viewers.SendAsync("ActivityExecutionLogUpdatedAsync", new JsonObject { ["stats"] = new JsonArray([.. ElsaExecutions.Stats(ElsaExecutions.Of(loaded), null)]) }, ct);
        }

        await viewers.SendAsync("WorkflowExecutionLogUpdatedAsync", new JsonObject(), ct);
        await viewers.SendAsync("WorkflowInstanceUpdatedAsync", new JsonObject { ["workflowInstanceId"] = record.Id.Value }, ct);
    }
}
