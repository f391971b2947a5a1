using Temporalio.Activities;
using Temporalio.Exceptions;

namespace Ecosystem.Workflows.Definitions;

/// <summary>The activities of <see cref="DefinitionWorkflow"/>.</summary>
internal sealed class CaseActivities(CaseBursts bursts, HttpCalls http)
{
    /// <summary>Takes a case from one wait to the next; a local activity.</summary>
    [Activity("CaseBurst")]
    public async Task<BurstResult> BurstAsync(Burst burst)
    {
        var context = ActivityExecutionContext.Current;
        try
        {
            return await bursts.RunAsync(burst, context.Info.Attempt, context.CancellationToken);
        }
        catch (StepFailure failure)
        {
            throw new ApplicationFailureException(failure.Message, failure, "StepFailed");
        }
    }

    /// <summary>Runs a step that takes long.</summary>
    [Activity("CaseLongStep")]
    public async Task<ReplyRecord> LongStepAsync(Burst burst, long request)
    {
        var context = ActivityExecutionContext.Current;
        try
        {
            return await bursts.RunLongStepAsync(burst, request, context.CancellationToken);
        }
        catch (StepFailure failure)
        {
            throw new ApplicationFailureException(failure.Message, failure, "StepFailed", nonRetryable: failure.Attempts == 1);
        }
    }

    /// <summary>Writes down that a case goes on on another version; a local activity.</summary>
    [Activity("CaseMigrated")]
    public Task MigratedAsync(string caseId, CaseMigration migration, DateTimeOffset at) => bursts.MigratedAsync(new CaseId(caseId), migration, at, ActivityExecutionContext.Current.CancellationToken);

    /// <summary>Calls another system.</summary>
    [Activity("CaseHttpCall")]
    public Task<ReplyRecord> HttpCallAsync(long request, System.Text.Json.Nodes.JsonObject call) => http.SendAsync(request, call, ActivityExecutionContext.Current.CancellationToken);
}
