using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Ecosystem.Workflows.Definitions;

/// <summary>
/// Replays the histories of a definition's latest cases on the interpreter as it is now, each on the version it is pinned to. A history that does not replay means
/// that cases under way would break, so nothing is published over it.
/// </summary>
internal sealed class RecordedCases(StorageSession storage, PlanSource plans, StepCatalog steps, Func<ITemporalClient?> client)
{
    private const int Cases = 10;
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(2);

    internal async Task<IReadOnlyList<DefinitionDiagnostic>> ReplayAsync(string definitionId, CancellationToken cancellationToken)
    {
        if (client() is not { } temporal)
        {
            return [];
        }

        var ids = await storage.ReadAsync(
            (db, token) => db.Set<CaseRecord>().AsNoTracking().Where(row => row.Kind == definitionId && row.Status != CaseStatus.Starting)
                .OrderByDescending(row => row.StartedAt).Select(row => row.Id).Take(Cases).ToListAsync(token),
            cancellationToken);
        var found = new List<DefinitionDiagnostic>();
        using var budget = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        budget.CancelAfter(Budget);
        foreach (var id in ids)
        {
            WorkflowHistory history;
            try
            {
                history = await temporal.GetWorkflowHandle(id.Value).FetchHistoryAsync(new WorkflowHistoryEventFetchOptions { Rpc = new RpcOptions { CancellationToken = budget.Token } });
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested && exception is RpcException or OperationCanceledException)
            {
                // Its history is gone, or there is no more time for histories.
                continue;
            }

            var options = new WorkflowReplayerOptions { DataConverter = EcosystemTemporal.Data };
            options.AddWorkflow(WorkflowDefinition.Create(typeof(DefinitionWorkflow), null, _ => new DefinitionWorkflow(plans, steps)));
            var result = await new WorkflowReplayer(options).ReplayWorkflowAsync(history, throwOnReplayFailure: false, cancellationToken: cancellationToken);
            if (result.ReplayFailure is { } failure)
            {
                found.Add(new DefinitionDiagnostic("error", "definition.history-breaks", null, null, $"The case '{id}' would not go on as it did: {failure.Message}"));
            }
        }

        return found;
    }
}
