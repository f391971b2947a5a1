using Temporalio.Client;
using Temporalio.Exceptions;

namespace Ecosystem.Workflows.Definitions;

/// <summary>Reads what cases hold: variables, inputs and outputs live in the case's workflow, not in the database.</summary>
public sealed class CaseContents
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly Func<ITemporalClient> client;

    internal CaseContents(Func<ITemporalClient> client) => this.client = client;

    /// <summary>Asks a case.</summary>
    /// <param name="id">The case; check with <see cref="CaseQueries.GetAsync"/> that the actor may see it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What it holds; null when its workflow is not there (not started yet, or past its retention) or no worker answers in 5 seconds.</returns>
    public async Task<CaseContent?> GetAsync(CaseId id, CancellationToken cancellationToken = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            return await client().GetWorkflowHandle(id.Value)
                .QueryAsync<CaseContent>(CaseContent.Query, [], new WorkflowQueryOptions { Rpc = new RpcOptions { CancellationToken = limit.Token } });
        }
        catch (Exception failure) when (failure is RpcException or WorkflowQueryFailedException or WorkflowQueryRejectedException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }
}
