using System.Collections.Concurrent;
using Ecosystem.Workflows.Definitions;

namespace Ecosystem.Workflows.Tests.Definitions;

/// <summary>What the steps of the tests did, and what they are to do.</summary>
internal sealed class TestSteps
{
    public ConcurrentQueue<string> Done { get; } = new();

    public Func<string, Exception?> Fault { get; set; } = _ => null;
}

internal sealed record NoteInput(string Text, decimal? Number);

internal sealed record NoteOutput(string Key, decimal Doubled);

[WorkflowStep("Test.Note", DisplayName = "Note", Outcomes = ["Done", "Big"], MaxAttempts = 2)]
internal sealed class NoteStep(TestSteps steps) : WorkflowStep<NoteInput, NoteOutput>
{
    protected override Task<StepResult<NoteOutput>> ExecuteAsync(NoteInput input, StepContext context, CancellationToken ct)
    {
        if (steps.Fault(input.Text) is { } fault)
        {
            throw fault;
        }

        steps.Done.Enqueue(input.Text);
        return Task.FromResult(StepResult.Done(new NoteOutput(context.StepKey, 2 * (input.Number ?? 0)), input.Number > 10 ? "Big" : "Done"));
    }
}

[WorkflowStep("Test.Slow", LongRunning = true)]
internal sealed class SlowStep(TestSteps steps) : WorkflowStep<NoteInput, NoOutput>
{
    protected override Task<StepResult<NoOutput>> ExecuteAsync(NoteInput input, StepContext context, CancellationToken ct)
    {
        steps.Done.Enqueue("slow " + input.Text);
        return Task.FromResult(StepResult.Done());
    }
}

[WorkflowStep("Test.Reserve", UndoneBy = "Test.Release", MaxAttempts = 2)]
internal sealed class ReserveStep(TestSteps steps) : WorkflowStep<NoteInput, NoteOutput>
{
    protected override Task<StepResult<NoteOutput>> ExecuteAsync(NoteInput input, StepContext context, CancellationToken ct)
    {
        steps.Done.Enqueue("reserve " + input.Text);
        return Task.FromResult(StepResult.Done(new NoteOutput("reservation of " + input.Text, 0)));
    }
}

internal sealed record ReleaseInput(string Text, string Key);

[WorkflowStep("Test.Release", MaxAttempts = 2)]
internal sealed class ReleaseStep(TestSteps steps) : WorkflowStep<ReleaseInput, NoOutput>
{
    protected override Task<StepResult<NoOutput>> ExecuteAsync(ReleaseInput input, StepContext context, CancellationToken ct)
    {
        if (steps.Fault("release " + input.Text) is { } fault)
        {
            throw fault;
        }

        steps.Done.Enqueue($"release {input.Text}, {input.Key}");
        return Task.FromResult(StepResult.Done());
    }
}

[WorkflowStep("Test.Hang")]
internal sealed class HangStep(TestSteps steps) : WorkflowStep<NoteInput, NoOutput>
{
    protected override async Task<StepResult<NoOutput>> ExecuteAsync(NoteInput input, StepContext context, CancellationToken ct)
    {
        steps.Done.Enqueue("hang " + input.Text);
        await Task.Delay(Timeout.InfiniteTimeSpan, ct);
        return StepResult.Done();
    }
}
