using Temporalio.Api.Enums.V1;
using Temporalio.Client;

namespace Ecosystem.Temporal.Tests.Sdk.Conformance;

/// <summary>Lists and counts of workflows, and the attributes they are found by.</summary>
internal static class VisibilityCalls
{
    private const string Ns = HandWorker.Namespace;

    public static async Task MakeAsync(TemporalClient client)
    {
        var rpc = client.WorkflowService;
        Assert.Equal("counter", Assert.Single(await client.ListWorkflowsAsync("WorkflowId = 'counter'").ToListAsync(TestContext.Current.CancellationToken)).Id);
        var count = await client.CountWorkflowsAsync("GROUP BY ExecutionStatus");
        Assert.Equal(count.Count, count.Groups.Sum(group => group.Count));
        Assert.Equal(count.Count, (await rpc.ScanWorkflowExecutionsAsync(new() { Namespace = Ns })).Executions.Count);
        var open = (await rpc.ListOpenWorkflowExecutionsAsync(new() { Namespace = Ns, StartTimeFilter = new() })).Executions;
        var closed = (await rpc.ListClosedWorkflowExecutionsAsync(new() { Namespace = Ns, StartTimeFilter = new(), TypeFilter = new() { Name = "CounterWorkflow" } })).Executions;
        Assert.All(open, run => Assert.Equal(WorkflowExecutionStatus.Running, run.Status));
        Assert.Equal(["counter"], closed.Select(run => run.Execution.WorkflowId));
        Assert.Equal(IndexedValueType.Keyword, (await rpc.GetSearchAttributesAsync(new())).Keys["WorkflowType"]);

        await client.OperatorService.AddSearchAttributesAsync(new() { Namespace = Ns, SearchAttributes = { ["Region"] = IndexedValueType.Keyword } });
        Assert.Equal(IndexedValueType.Keyword, (await client.OperatorService.ListSearchAttributesAsync(new() { Namespace = Ns })).CustomAttributes["Region"]);
        await client.OperatorService.RemoveSearchAttributesAsync(new() { Namespace = Ns, SearchAttributes = { "Region" } });
        Assert.Empty((await client.OperatorService.ListSearchAttributesAsync(new() { Namespace = Ns })).CustomAttributes);
    }
}
