using Ecosystem.Workflows.Tasks;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Ecosystem.Benchmarks.Tasks;

/// <summary>The argument of <see cref="HandWrittenWorkflow"/>.</summary>
/// <param name="CaseId">The case, which is the workflow's id.</param>
/// <param name="Amount">What the steps compute with.</param>
/// <param name="Local">Whether its two activities are local ones.</param>
public sealed record HandWrittenInput(string CaseId, decimal Amount, bool Local);

/// <summary>What the definition of <see cref="DefinitionsSuite"/> does, written by hand: ten computed steps, a task, its answer.</summary>
[Workflow]
public sealed class HandWrittenWorkflow
{
    private static readonly ActivityOptions Remote = new() { StartToCloseTimeout = TimeSpan.FromMinutes(1) };
    private static readonly LocalActivityOptions Local = new() { StartToCloseTimeout = TimeSpan.FromMinutes(1) };
    private HandWrittenInput input = null!;
    private bool answered;

    [WorkflowRun]
    public async Task<decimal> RunAsync(HandWrittenInput start)
    {
        input = start;
        var net = start.Amount / 1.19m;
        var discount = net > 1000 ? 0.1m : 0.05m;
        var due = net * (1 - discount);
        var tier = due > 5000 ? "gold" : "silver";
        var title = $"Approve {due:0.00} for {tier}";
        var share = Math.Round(due * 0.6m, 2);
        var rest = due - share;
        var large = rest > 100;
        var label = large ? "large" : "small";
        var stage = $"Approval ({label})";
        await (start.Local
            ? Workflow.ExecuteLocalActivityAsync((HandWrittenActivities activities) => activities.OpenAsync(start.CaseId, title, stage), Local)
            : Workflow.ExecuteActivityAsync((HandWrittenActivities activities) => activities.OpenAsync(start.CaseId, title, stage), Remote));
        await Workflow.WaitConditionAsync(() => answered && Workflow.AllHandlersFinished);
        return share;
    }

    [WorkflowUpdate(TaskAnswer.Update)]
    public async Task<TaskAnswered> CompleteTaskAsync(TaskAnswer answer)
    {
        var taken = await (input.Local
            ? Workflow.ExecuteLocalActivityAsync((HandWrittenActivities activities) => activities.AnswerAsync(input.CaseId, answer), Local)
            : Workflow.ExecuteActivityAsync((HandWrittenActivities activities) => activities.AnswerAsync(input.CaseId, answer), Remote));
        answered |= taken.Refusals.Count == 0;
        return taken;
    }

    [WorkflowUpdateValidator(nameof(CompleteTaskAsync))]
    public void ValidateCompleteTask(TaskAnswer answer)
    {
        if (answered)
        {
            throw new ApplicationFailureException("The task was answered.", "task.not-open");
        }
    }
}
