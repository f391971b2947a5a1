using Temporalio.Api.Batch.V1;

namespace Ecosystem.Temporal.Batch;

/// <summary>RPCs about batch operations.</summary>
internal sealed class BatchHandlers(Engine engine, BatchService batches)
{
    private const int MaximumPage = 1000;

    public void AddTo(RpcHandlers handlers)
    {
        handlers.Add<StartBatchOperationRequest, StartBatchOperationResponse>("StartBatchOperation", async (request, _) =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            BatchValidation.Check(request);
            await batches.StartAsync(ns, request);
            return new StartBatchOperationResponse();
        });
        handlers.Add<DescribeBatchOperationRequest, DescribeBatchOperationResponse>("DescribeBatchOperation", request =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            BatchValidation.JobId(request.JobId);
            return Describe(batches.Get(ns, request.JobId));
        });
        handlers.Add<StopBatchOperationRequest, StopBatchOperationResponse>("StopBatchOperation", async (request, _) =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            BatchValidation.JobId(request.JobId);
            if (request.Reason.Length == 0)
            {
                throw RpcErrors.InvalidArgument("Reason is not set on request.");
            }

            await batches.StopAsync(batches.Get(ns, request.JobId));
            return new StopBatchOperationResponse();
        });
        handlers.Add<ListBatchOperationsRequest, ListBatchOperationsResponse>("ListBatchOperations", List);
    }

    private ListBatchOperationsResponse List(ListBatchOperationsRequest request)
    {
        var ns = engine.Namespaces.Get(request.Namespace);
        var skip = request.NextPageToken.Length == sizeof(int) ? BitConverter.ToInt32(request.NextPageToken.Span) : 0;
        var size = request.PageSize is > 0 and < MaximumPage ? request.PageSize : MaximumPage;
        var page = batches.List(ns).Skip(skip).Take(size).ToList();
        var response = new ListBatchOperationsResponse();
        response.OperationInfo.AddRange(page.Select(job => new BatchOperationInfo
        {
            JobId = job.Request.JobId,
            State = job.State,
            StartTime = Timestamp.FromDateTimeOffset(job.StartTime),
            CloseTime = job.CloseTime is { } closed ? Timestamp.FromDateTimeOffset(closed) : null,
            OperationType = job.Type,
        }));
        if (page.Count == size)
        {
            response.NextPageToken = ByteString.CopyFrom(BitConverter.GetBytes(skip + size));
        }

        return response;
    }

    private static DescribeBatchOperationResponse Describe(BatchJob job)
    {
        var response = new DescribeBatchOperationResponse
        {
            OperationType = job.Type,
            JobId = job.Request.JobId,
            State = job.State,
            StartTime = Timestamp.FromDateTimeOffset(job.StartTime),
            CloseTime = job.CloseTime is { } closed ? Timestamp.FromDateTimeOffset(closed) : null,

            // Like a server, that forgets how far a stopped job came.
            TotalOperationCount = job.State switch { BatchOperationState.Running => job.Total, BatchOperationState.Completed => job.Completed + job.Failed, _ => 0 },
            CompleteOperationCount = job.State == BatchOperationState.Failed ? 0 : job.Completed,
            FailureOperationCount = job.State == BatchOperationState.Failed ? 0 : job.Failed,
            Identity = Identity(job.Request),
            Reason = job.Request.Reason,
            Query = job.Request.VisibilityQuery,
        };
        response.Executions.AddRange(job.Request.Executions.Select(execution => new Temporalio.Api.Common.V1.Execution
        {
            Type = ExecutionType.Workflow,
            BusinessId = execution.WorkflowId,
            RunId = execution.RunId,
        }));
        response.Executions.AddRange(job.Request.TargetExecutions);
        return response;
    }

    private static string Identity(StartBatchOperationRequest request) =>
        request.TerminationOperation?.Identity ?? request.SignalOperation?.Identity ?? request.CancellationOperation?.Identity
        ?? request.DeletionOperation?.Identity ?? request.ResetOperation?.Identity ?? request.UpdateWorkflowOptionsOperation?.Identity
        ?? request.UnpauseActivitiesOperation?.Identity ?? request.ResetActivitiesOperation?.Identity ?? request.UpdateActivityOptionsOperation?.Identity
        ?? request.TerminateActivitiesOperation?.Identity ?? request.CancelActivitiesOperation?.Identity ?? "";
}
