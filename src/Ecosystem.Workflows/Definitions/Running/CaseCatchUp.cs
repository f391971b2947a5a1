using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Ecosystem.Workflows.Definitions;

/// <summary>
/// When a worker starts, has the cases that changed last hear of what a worker that was killed may not have told them. A case that knows already
/// is asked in vain, which costs it one workflow task; so is one that has ended as far as it knows.
/// </summary>
/// <param name="storage">Where the cases are kept.</param>
/// <param name="client">Where they run.</param>
internal sealed class CaseCatchUp(StorageSession storage, ITemporalClient client) : IHostedService
{
    /// <summary>The signal that a case hears by.</summary>
    public const string Signal = "catchUp";

    private const int Parallelism = 16;

    // A worker tells within a workflow task's time-out of what it did, or another takes its place.
    private static readonly TimeSpan LastChanges = TimeSpan.FromMinutes(5);

    /// <summary>Has one case hear. One that is over is left alone.</summary>
    public static async Task TellAsync(ITemporalClient client, CaseId id, CancellationToken cancellationToken)
    {
        try
        {
            await client.GetWorkflowHandle(id.Value).SignalAsync(Signal, [], new WorkflowSignalOptions { Rpc = new RpcOptions { CancellationToken = cancellationToken } });
        }
        catch (RpcException failure) when (failure.Code == RpcException.StatusCode.NotFound)
        {
        }
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var ids = await storage.ReadAsync(
            async (db, token) =>
            {
                var cases = db.Set<CaseRecord>();
                return await cases.MaxAsync(record => (DateTimeOffset?)record.ChangedAt, token) is not { } last
                    ? []
                    : await cases.Where(record => record.ChangedAt >= last - LastChanges).Select(record => record.Id).ToListAsync(token);
            },
            cancellationToken);
        await Parallel.ForEachAsync(
            ids, new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken }, async (id, token) => await TellAsync(client, id, token));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
