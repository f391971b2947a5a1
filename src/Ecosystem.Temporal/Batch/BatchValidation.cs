using Ecosystem.Temporal.Visibility.Filters;
using Temporalio.Api.Batch.V1;

namespace Ecosystem.Temporal.Batch;

/// <summary>Checks of requests about batch operations, with the messages that clients know.</summary>
internal static class BatchValidation
{
    private const string NoActivities = "Either activity type must be set, or match all should be set to true";

    public static void JobId(string jobId) => Require(jobId.Length > 0, "JobId is not set on request.");

    public static void Check(StartBatchOperationRequest request)
    {
        var sources = (request.VisibilityQuery.Length > 0 ? 1 : 0) + (request.Executions.Count > 0 ? 1 : 0) + (request.TargetExecutions.Count > 0 ? 1 : 0);
        Require(
            request.Reason.Length > 0 && request.OperationCase != StartBatchOperationRequest.OperationOneofCase.None && sources > 0,
            "must provide required parameters: BatchType,Reason,Namespace, AND one of (Query OR Executions OR TargetExecutions)");
        JobId(request.JobId);
        Require(request.JobId.Length <= Limits.IdLength, "WorkflowId length exceeds limit.");
        Require(sources == 1, "visibility query, executions, and target executions are mutually exclusive");
        CheckOperation(request);
        CheckTargets(request);
        if (request.VisibilityQuery.Length > 0)
        {
            CheckQuery(request.VisibilityQuery);
        }
    }

    private static void CheckOperation(StartBatchOperationRequest request)
    {
        if (request.SignalOperation is { } signal)
        {
            Require(signal.Signal.Length > 0, "must provide signal name");
        }
        else if (request.UpdateWorkflowOptionsOperation is { } options)
        {
            Require(options.WorkflowExecutionOptions is not null, "must provide UpdateOptions");
            Require(options.UpdateMask is not null, "must provide UpdateMask");
        }
        else if (request.ResetOperation is { } reset)
        {
            Require(reset.Options is not { TargetCase: ResetOptions.TargetOneofCase.None }, "batch reset missing target");
            Require(
                reset.Options is not null || (Enum.IsDefined(reset.ResetType) && reset.ResetType != ResetType.Unspecified),
                $"unknown batch reset type {reset.ResetType}");
        }
        else if (request.UnpauseActivitiesOperation is { } unpause)
        {
            Require(unpause.HasType || unpause.HasMatchAll, "activity filter must be set");
            Require(unpause.HasType ? unpause.Type.Length > 0 : unpause.MatchAll, NoActivities);
        }
        else if (request.ResetActivitiesOperation is { } activities)
        {
            Require(activities.HasType || activities.HasMatchAll, "must provide ActivityType or MatchAll");
            Require(activities.HasType ? activities.Type.Length > 0 : activities.MatchAll, NoActivities);
        }
        else if (request.UpdateActivityOptionsOperation is { } update)
        {
            CheckUpdate(update);
        }
    }

    private static void CheckUpdate(BatchOperationUpdateActivityOptions update)
    {
        Require(update.ActivityOptions is null || !update.RestoreOriginal, "cannot set both activity options and restore original");
        Require(
            update.ActivityOptions is not null || update.RestoreOriginal,
            "Either activity type must be set, or restore original should be set to true");
        Require((!update.HasType || update.Type.Length > 0) && (!update.HasMatchAll || update.MatchAll), NoActivities);
    }

    /// <summary>Activities without a workflow are named as targets, and no operation mixes them with workflows.</summary>
    private static void CheckTargets(StartBatchOperationRequest request)
    {
        var ofActivities = BatchJob.TypeOf(request) is BatchOperationType.TerminateActivity or BatchOperationType.CancelActivity or BatchOperationType.DeleteActivity;
        Require(!ofActivities || request.Executions.Count == 0, "executions name workflows; name activities in target_executions");
        var wrong = ofActivities ? ExecutionType.Workflow : ExecutionType.Activity;
        Require(
            request.TargetExecutions.All(target => target.Type != wrong),
            ofActivities ? "target_executions of an operation on activities must be activities" : "target_executions of an operation on workflows must be workflows");
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

    private static void Require(bool good, string problem)
    {
        if (!good)
        {
            throw RpcErrors.InvalidArgument(problem);
        }
    }
}
