using Temporalio.Activities;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Ecosystem.Temporal.Tests.Sdk;

[Workflow]
public class OneActivityWorkflow
{
    [Activity]
    public static int Double(int value) => value * 2;

    [WorkflowRun]
    public async Task<int> RunAsync(int value) =>
        await Workflow.ExecuteActivityAsync(() => Double(value), new() { StartToCloseTimeout = TimeSpan.FromSeconds(30) });
}

[Workflow]
public class SleepWorkflow
{
    [WorkflowRun]
    public async Task<DateTime> RunAsync(TimeSpan span, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await Workflow.DelayAsync(span);
        }

        return Workflow.UtcNow;
    }
}

[Workflow]
public class CounterWorkflow
{
    private int _count;
    private bool _done;

    [WorkflowQuery]
    public int Count => _count;

    [WorkflowRun]
    public async Task<int> RunAsync(int start)
    {
        _count += start;
        await Workflow.WaitConditionAsync(() => _done);
        return _count;
    }

    [WorkflowSignal]
    public Task AddAsync(int value)
    {
        _count += value;
        return Task.CompletedTask;
    }

    [WorkflowSignal]
    public Task FinishAsync()
    {
        _done = true;
        return Task.CompletedTask;
    }

    [WorkflowUpdate]
    public async Task<int> AddSlowlyAsync(int value)
    {
        await Workflow.DelayAsync(TimeSpan.FromMinutes(5));
        _count += value;
        return _count;
    }

    [WorkflowUpdateValidator(nameof(AddSlowlyAsync))]
    public void CheckAddSlowly(int value)
    {
        if (value < 0)
        {
            throw new ApplicationFailureException("Negative values are refused.", "Negative");
        }
    }

    [WorkflowUpdate]
    public Task<int> AddNowAsync(int value) => Task.FromResult(_count += value);
}

[Workflow]
public class ParentWorkflow
{
    [WorkflowRun]
    public async Task<int> RunAsync(int children)
    {
        var handles = new List<ChildWorkflowHandle<CounterWorkflow, int>>();
        for (var i = 0; i < children; i++)
        {
            handles.Add(await Workflow.StartChildWorkflowAsync((CounterWorkflow child) => child.RunAsync(i), new() { Id = $"{Workflow.Info.WorkflowId}-{i}" }));
        }

        foreach (var handle in handles)
        {
            await handle.SignalAsync(child => child.AddAsync(10));
            await handle.SignalAsync(child => child.FinishAsync());
        }

        var sum = 0;
        foreach (var handle in handles)
        {
            sum += await handle.GetResultAsync();
        }

        return sum;
    }
}

[Workflow]
public class CountdownWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync(int from)
    {
        await Workflow.DelayAsync(TimeSpan.FromHours(1));
        return from == 0 ? "zero" : throw Workflow.CreateContinueAsNewException((CountdownWorkflow next) => next.RunAsync(from - 1));
    }
}

/// <summary>Continues as new a number of times, at once.</summary>
[Workflow]
public class AgainWorkflow
{
    [WorkflowRun]
    public Task<string> RunAsync(int times) =>
        times == 0 ? Task.FromResult("0") : throw Workflow.CreateContinueAsNewException((AgainWorkflow next) => next.RunAsync(times - 1));
}

[Workflow]
public class FlakyWorkflow
{
    private static int calls;

    [Activity]
    public static int FailTwice()
    {
        var attempt = ActivityExecutionContext.Current.Info.Attempt;
        Interlocked.Increment(ref calls);
        return attempt < 3 ? throw new ApplicationFailureException($"attempt {attempt}") : attempt;
    }

    [Activity]
    public static async Task<string> WaitForCancelAsync()
    {
        var context = ActivityExecutionContext.Current;
        try
        {
            while (true)
            {
                context.Heartbeat("here");
                await Task.Delay(50, context.CancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            throw;
        }
    }

    [WorkflowRun]
    public async Task<string> RunAsync()
    {
        var attempts = await Workflow.ExecuteActivityAsync(
            () => FailTwice(),
            new() { StartToCloseTimeout = TimeSpan.FromSeconds(30), RetryPolicy = new RetryPolicy { InitialInterval = TimeSpan.FromHours(2) } });
        var local = await Workflow.ExecuteLocalActivityAsync(() => OneActivityWorkflow.Double(attempts), new() { StartToCloseTimeout = TimeSpan.FromSeconds(5) });
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Workflow.CancellationToken);
        var waiting = Workflow.ExecuteActivityAsync(
            () => WaitForCancelAsync(),
            new()
            {
                StartToCloseTimeout = TimeSpan.FromDays(30),
                HeartbeatTimeout = TimeSpan.FromSeconds(1),
                CancellationToken = cancel.Token,
                CancellationType = ActivityCancellationType.WaitCancellationCompleted,
            });
        await Workflow.WaitConditionAsync(() => Workflow.AllHandlersFinished);
#pragma warning disable CA1849 // Workflow code has to stay on its scheduler, which CancelAsync leaves.
        cancel.Cancel();
#pragma warning restore CA1849
        try
        {
            await waiting;
            return "not canceled";
        }
        catch (ActivityFailureException e) when (e.InnerException is CanceledFailureException)
        {
            return $"{attempts} {local} canceled";
        }
    }
}
