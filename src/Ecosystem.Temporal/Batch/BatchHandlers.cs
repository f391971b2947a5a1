using Ecosystem.Temporal.Visibility.Filters;
using Temporalio.Api.Batch.V1;

namespace Ecosystem.Temporal.Batch;

/// <summary>RPCs about batch operations.</summary>
internal sealed class BatchHandlers(Engine engine, BatchService batches)
{
    private const int MaximumPage = 1000;

    public void AddTo(RpcHandlers handlers)
    {
        handlers.Add<StartBatchOperationRequest, StartBatchOperationResponse>("StartBatchOperation", request =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            Check(request);
            batches.Start(ns, request);
            return new StartBatchOperationResponse();
        });
        handlers.Add<DescribeBatchOperationRequest, DescribeBatchOperationResponse>("DescribeBatchOperation", request =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            CheckJobId(request.JobId);
            return Describe(batches.Get(ns, request.JobId));
        });
        handlers.Add<StopBatchOperationRequest, StopBatchOperationResponse>("StopBatchOperation", request =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            CheckJobId(request.JobId);
            if (request.Reason.Length == 0)
            {
                throw RpcErrors.InvalidArgument("Reason is not set on request.");
            }

            var job = batches.Get(ns, request.JobId);
            if (job.State != BatchOperationState.Running)
            {
                throw RpcErrors.AlreadyCompleted();
            }

            job.Stop.Cancel();
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
            TotalOperationCount = job.Total,
            CompleteOperationCount = job.Completed,
            FailureOperationCount = job.Failed,
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
        return response;
    }

    private static string Identity(StartBatchOperationRequest request) =>
        request.TerminationOperation?.Identity ?? request.SignalOperation?.Identity ?? request.CancellationOperation?.Identity
        ?? request.DeletionOperation?.Identity ?? request.ResetOperation?.Identity ?? request.UpdateWorkflowOptionsOperation?.Identity ?? "";

    private static void CheckJobId(string jobId)
    {
        if (jobId.Length == 0)
        {
            throw RpcErrors.InvalidArgument("JobId is not set on request.");
        }
    }

    private static void Check(StartBatchOperationRequest request)
    {
        if (request.JobId.Length == 0 && BatchJob.TypeOf(request) != BatchOperationType.Unspecified)
        {
            CheckJobId(request.JobId);
        }

        var sources = (request.VisibilityQuery.Length > 0 ? 1 : 0) + (request.Executions.Count > 0 ? 1 : 0) + (request.TargetExecutions.Count > 0 ? 1 : 0);
        if (request.Reason.Length == 0 || request.OperationCase == StartBatchOperationRequest.OperationOneofCase.None || sources == 0)
        {
            throw RpcErrors.InvalidArgument(
                "must provide required parameters: BatchType,Reason,Namespace, AND one of (Query OR Executions OR TargetExecutions)");
        }

        if (sources > 1)
        {
            throw RpcErrors.InvalidArgument("visibility query, executions, and target executions are mutually exclusive");
        }

        if (request.SignalOperation is { Signal.Length: 0 })
        {
            throw RpcErrors.InvalidArgument("must provide signal name");
        }

        if (request.ResetOperation is { } reset)
        {
            CheckReset(reset);
        }

        if (request.VisibilityQuery.Length > 0)
        {
            CheckQuery(request.VisibilityQuery);
        }
    }

    private static void CheckReset(BatchOperationReset reset)
    {
        if (reset.Options is { TargetCase: ResetOptions.TargetOneofCase.None })
        {
            throw RpcErrors.InvalidArgument("batch reset missing target");
        }

        if (reset.Options is null && reset.ResetType == ResetType.Unspecified)
        {
            throw RpcErrors.InvalidArgument($"unknown batch reset type {reset.ResetType}");
        }
    }

    private static void CheckQuery(string query)
    {
        try
        {
            FilterParser.Parse(query, "dummy");
        }
        catch (VisibilityQueryException e)
        {
            throw RpcErrors.InvalidArgument(e.Message.Replace("invalid query: malformed SQL query: ", "invalid visibility query: ", StringComparison.Ordinal));
        }
    }
}
