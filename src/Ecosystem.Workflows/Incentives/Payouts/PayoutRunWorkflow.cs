using Ecosystem.Workflows.Tasks;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Ecosystem.Workflows.Incentives.Payouts;

/// <summary>
/// A payout run: calculate, have it approved and released by two different people, write the files, book the bank's answer; undo on
/// cancel. The workflow keeps only where the run stands; each step is one transaction of <see cref="PayoutActivities"/>, keyed by
/// the run, so that a step repeated after a crash changes nothing.
/// </summary>
[Workflow(TypeName)]
internal sealed class PayoutRunWorkflow
{
    public const string TypeName = "PayoutRunWorkflow";

    private static readonly ActivityOptions Options = new()
    {
        StartToCloseTimeout = TimeSpan.FromMinutes(5),
        RetryPolicy = new RetryPolicy { InitialInterval = TimeSpan.FromSeconds(1), MaximumInterval = TimeSpan.FromMinutes(5) },
    };

    private readonly Temporalio.Workflows.Mutex steps = new();
    private string runId = "";
    private PayoutStage stage = new(PayoutRunStatus.Requested, null, []);

    [WorkflowQuery("state")]
    public PayoutStage State => stage;

    [WorkflowRun]
    public async Task<string> RunAsync(PayoutRunInput input)
    {
        runId = input.RunId;
        await StepAsync((PayoutActivities activities) => activities.CalculateAsync(runId));
        await Workflow.WaitConditionAsync(() => stage.IsEnded && Workflow.AllHandlersFinished);
        return stage.Status.ToString();
    }

    [WorkflowUpdate(TaskAnswer.Update)]
    public async Task<PayoutStage> CompleteTaskAsync(TaskAnswer answer)
    {
        await Workflow.WaitConditionAsync(() => stage.Status != PayoutRunStatus.Requested);
        return await StepAsync((PayoutActivities activities) => activities.AnswerAsync(runId, answer));
    }

    [WorkflowUpdateValidator(nameof(CompleteTaskAsync))]
    public void ValidateCompleteTask(TaskAnswer answer)
    {
        if (stage.TaskId is not null && stage.TaskId != answer.TaskId)
        {
            throw new ApplicationFailureException($"The task '{answer.TaskId}' is not open; '{stage.TaskId}' is.", "task.not-open");
        }
    }

    [WorkflowUpdate("cancelRun")]
    public async Task<PayoutStage> CancelRunAsync(PayoutCancellation cancellation)
    {
        await Workflow.WaitConditionAsync(() => stage.Status != PayoutRunStatus.Requested);
        return await StepAsync((PayoutActivities activities) => activities.CancelAsync(runId, cancellation));
    }

    // One step at a time, for two people may answer at once. An answer may also come before the run is calculated; it waits for that.
    private async Task<PayoutStage> StepAsync(System.Linq.Expressions.Expression<Func<PayoutActivities, Task<PayoutStage>>> step)
    {
        await steps.WaitOneAsync();
        try
        {
            var next = await Workflow.ExecuteActivityAsync(step, Options);
            if (next.Refusals.Count == 0)
            {
                stage = next;
            }

            return next;
        }
        finally
        {
            steps.ReleaseMutex();
        }
    }
}
