using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Ecosystem.Temporal.Tests.Sdk.Conformance;

/// <summary>Batch jobs: one that ends by itself and one that is stopped.</summary>
internal static class BatchCalls
{
    private const string Ns = HandWorker.Namespace;

    public static async Task MakeAsync(TemporalClient client)
    {
        var rpc = client.WorkflowService;
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => client.StartWorkflowAsync("Any", [], new($"batch-{i}", "batched"))));
        await rpc.StartBatchOperationAsync(Job("few", "WorkflowId = 'batch-0'"));
        Assert.Equal((BatchOperationState.Completed, 1), await EndAsync(rpc, "few") is var few ? (few.State, few.CompleteOperationCount) : default);
        Assert.Equal(WorkflowExecutionStatus.Terminated, (await client.GetWorkflowHandle("batch-0").DescribeAsync()).Status);

        // At 50 a second a hundred cannot be done when the answer comes.
        await rpc.StartBatchOperationAsync(Job("many", "TaskQueue = 'batched' AND ExecutionStatus = 'Running'"));
        await rpc.StopBatchOperationAsync(new() { Namespace = Ns, JobId = "many", Reason = "enough" });
        Assert.Equal(BatchOperationState.Failed, (await EndAsync(rpc, "many")).State);
        Assert.Equal(RpcException.StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => rpc.StopBatchOperationAsync(new() { Namespace = Ns, JobId = "many", Reason = "enough" }))).Code);
        Assert.Equal(["few", "many"], (await rpc.ListBatchOperationsAsync(new() { Namespace = Ns })).OperationInfo.Select(job => job.JobId).Order());
        Assert.Contains(await client.ListWorkflowsAsync("TaskQueue = 'batched'").ToListAsync(TestContext.Current.CancellationToken), run => run.Status == WorkflowExecutionStatus.Running);
    }

    private static StartBatchOperationRequest Job(string id, string query) => new()
    {
        Namespace = Ns,
        JobId = id,
        Reason = "all of them",
        VisibilityQuery = query,
        TerminationOperation = new(),
    };

    private static async Task<DescribeBatchOperationResponse> EndAsync(WorkflowService rpc, string job)
    {
        while (true)
        {
            var described = await rpc.DescribeBatchOperationAsync(new() { Namespace = Ns, JobId = job });
            if (described.State != BatchOperationState.Running)
            {
                return described;
            }

            await Task.Yield();
        }
    }
}
