using System.Collections.Concurrent;
using Ecosystem.Temporal.Tests.Sdk;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Client.Schedules;
using Temporalio.Exceptions;

namespace Ecosystem.Temporal.Tests.Survival;

/// <summary>Starts, signals, updates, timers, activities, children, batch jobs and a schedule; and what of it was acknowledged.</summary>
internal sealed class CrashLoad(TemporalClient client)
{
    public const string Queue = "q";
    private const string ScheduleId = "every-second";
    private const int Lanes = 3;
    private const int BatchTargets = 6;
    private static readonly RpcOptions Once = new() { Retry = false, Timeout = TimeSpan.FromSeconds(2) };
    private readonly ConcurrentDictionary<string, int> _doubles = new();
    private readonly ConcurrentDictionary<string, Tally> _counters = new();
    private readonly ConcurrentDictionary<string, byte> _sleeps = new();
    private readonly ConcurrentDictionary<string, int> _parents = new();
    private readonly ConcurrentDictionary<string, int> _batches = new();
    private volatile bool _stopped;

    /// <summary>Whether something of every kind was acknowledged, without which a run proves nothing.</summary>
    public bool IsOfEveryKind => !(_doubles.IsEmpty || _counters.IsEmpty || _sleeps.IsEmpty || _parents.IsEmpty || _batches.IsEmpty);

    public void Stop() => _stopped = true;

    public Task CreateScheduleAsync() => client.CreateScheduleAsync(ScheduleId, new Schedule(
        ScheduleActionStartWorkflow.Create((OneActivityWorkflow workflow) => workflow.RunAsync(7), new("scheduled", Queue)),
        new ScheduleSpec { Intervals = [new ScheduleIntervalSpec(TimeSpan.FromSeconds(1))] })
    {
        Policy = new() { Overlap = Temporalio.Api.Enums.V1.ScheduleOverlapPolicy.AllowAll },
    });

    public async Task RunAsync(int round)
    {
        _stopped = false;
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => RunLaneAsync(round, lane)).Append(BatchAsync(round)));
    }

    /// <summary>Whether all that was acknowledged is there and came out right.</summary>
    public async Task<IReadOnlyList<string>> CheckAsync()
    {
        await client.GetScheduleHandle(ScheduleId).PauseAsync();
        var problems = new ConcurrentBag<string>(await FinishAsync());
        await CheckScheduleAsync(problems);
        await CheckBatchesAsync(problems);
        return [.. problems];
    }

    /// <summary>Waits for every run that was acknowledged to end, and compares how.</summary>
    public async Task<IReadOnlyList<string>> FinishAsync()
    {
        var problems = new ConcurrentBag<string>();
        await EachAsync(problems, _doubles, async (id, value) =>
            Equal(value * 2, await client.GetWorkflowHandle<OneActivityWorkflow, int>(id).GetResultAsync()));
        await EachAsync(problems, _sleeps, async (id, _) => await client.GetWorkflowHandle<SleepWorkflow, DateTime>(id).GetResultAsync());
        await EachAsync(problems, _parents, async (id, children) =>
            Equal((children * (children - 1) / 2) + (children * 10), await client.GetWorkflowHandle<ParentWorkflow, int>(id).GetResultAsync()));
        await EachAsync(problems, _counters, async (id, tally) =>
        {
            var handle = client.GetWorkflowHandle<CounterWorkflow, int>(id);
            await handle.SignalAsync(workflow => workflow.FinishAsync());
            var count = await handle.GetResultAsync();
            if (count < tally.Acknowledged || count > tally.Sent)
            {
                throw new InvalidOperationException($"counted {count}; {tally.Acknowledged} were acknowledged, {tally.Sent} sent");
            }
        });
        return [.. problems];
    }

    public override string ToString() =>
        $"{_doubles.Count} with an activity, {_counters.Count} signalled and updated ({_counters.Values.Sum(tally => tally.Acknowledged)} acknowledged), {_sleeps.Count} with timers, {_parents.Count} with children, {_batches.Count} batch jobs";

    private static async Task EachAsync<T>(ConcurrentBag<string> problems, ConcurrentDictionary<string, T> runs, Func<string, T, Task> check)
    {
        if (runs.IsEmpty)
        {
            problems.Add("A kind of load was never acknowledged: the run proves nothing.");
        }

        await Parallel.ForEachAsync(runs, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (run, _) =>
        {
            try
            {
                await check(run.Key, run.Value).WaitAsync(TimeSpan.FromSeconds(90), CancellationToken.None);
            }
            catch (Exception e) when (e is RpcException or WorkflowFailedException or InvalidOperationException or TimeoutException)
            {
                problems.Add($"{run.Key}: {e.Message}");
            }
        });
    }

    private static void Equal(int expected, int actual)
    {
        if (expected != actual)
        {
            throw new InvalidOperationException($"ended with {actual} instead of {expected}");
        }
    }

    /// <summary>Starts runs that nobody works on and a job that terminates them; the next round's job waits until this one is over.</summary>
    private async Task BatchAsync(int round)
    {
        var job = $"batch-{round}";
        try
        {
            var request = new StartBatchOperationRequest { Namespace = "default", JobId = job, Reason = "crash", TerminationOperation = new() };
            for (var i = 0; i < BatchTargets; i++)
            {
                await client.StartWorkflowAsync("Any", [], new($"{job}-{i}", "nobody") { Rpc = Once });
                request.TargetExecutions.Add(new Temporalio.Api.Common.V1.Execution { BusinessId = $"{job}-{i}" });
            }

            await client.Connection.WorkflowService.StartBatchOperationAsync(request, Once);
            _batches[job] = BatchTargets;
        }
        catch (Exception e) when (e is RpcException or WorkflowAlreadyStartedException)
        {
            // Not acknowledged, or the job before still runs.
        }
    }

    /// <summary>Every job that was acknowledged came to its end, and its targets with it.</summary>
    private async Task CheckBatchesAsync(ConcurrentBag<string> problems) => await EachAsync(problems, _batches, async (job, targets) =>
    {
        DescribeBatchOperationResponse described;
        do
        {
            described = await client.Connection.WorkflowService.DescribeBatchOperationAsync(new() { Namespace = "default", JobId = job });
        }
        while (described.State == Temporalio.Api.Enums.V1.BatchOperationState.Running);

        Equal(targets, (int)described.CompleteOperationCount);
        for (var i = 0; i < targets; i++)
        {
            var status = (await client.GetWorkflowHandle($"{job}-{i}").DescribeAsync()).Status;
            if (status != Temporalio.Api.Enums.V1.WorkflowExecutionStatus.Terminated)
            {
                throw new InvalidOperationException($"target {i} is {status}");
            }
        }
    });

    /// <summary>As many runs as the schedule says it started, each second at most one.</summary>
    private async Task CheckScheduleAsync(ConcurrentBag<string> problems)
    {
        var actions = (await client.GetScheduleHandle(ScheduleId).DescribeAsync()).Info.NumActions;
        var ids = new HashSet<string>();
        var runs = 0;
        await foreach (var run in client.ListWorkflowsAsync($"TemporalScheduledById = '{ScheduleId}'"))
        {
            runs++;
            if (!ids.Add(run.Id))
            {
                problems.Add($"the schedule started {run.Id} twice");
            }
        }

        if (runs == 0 || runs != actions)
        {
            problems.Add($"the schedule says it started {actions} workflows; there are {runs}");
        }
    }

    private async Task RunLaneAsync(int round, int lane)
    {
        for (var i = 0; !_stopped; i++)
        {
            var id = $"{round}-{lane}-{i}";
            try
            {
                await (((i + lane) % 4) switch
                {
                    0 => CountAsync(id),
                    1 => DoubleAsync(id, i),
                    2 => SleepAsync(id),
                    _ => ParentAsync(id),
                });
            }
            catch (Exception e) when (e is RpcException or WorkflowAlreadyStartedException or WorkflowUpdateRpcTimeoutOrCanceledException)
            {
                // Not acknowledged: it may have happened or not.
            }
        }
    }

    private async Task DoubleAsync(string id, int value)
    {
        await client.StartWorkflowAsync((OneActivityWorkflow workflow) => workflow.RunAsync(value), new(id, Queue) { Rpc = Once });
        _doubles[id] = value;
    }

    private async Task SleepAsync(string id)
    {
        await client.StartWorkflowAsync((SleepWorkflow workflow) => workflow.RunAsync(TimeSpan.FromMilliseconds(300), 3), new(id, Queue) { Rpc = Once });
        _sleeps[id] = 0;
    }

    private async Task ParentAsync(string id)
    {
        await client.StartWorkflowAsync((ParentWorkflow workflow) => workflow.RunAsync(2), new(id, Queue) { Rpc = Once });
        _parents[id] = 2;
    }

    private async Task CountAsync(string id)
    {
        await client.StartWorkflowAsync((CounterWorkflow workflow) => workflow.RunAsync(0), new(id, Queue) { Rpc = Once });
        var tally = _counters[id] = new Tally();
        var handle = client.GetWorkflowHandle<CounterWorkflow>(id);
        for (var i = 0; i < 3; i++)
        {
            tally.Sent++;
            await handle.SignalAsync(workflow => workflow.AddAsync(1), new() { Rpc = Once });
            tally.Acknowledged++;
        }

        tally.Sent++;
        await handle.ExecuteUpdateAsync(workflow => workflow.AddNowAsync(1), new() { Rpc = Once });
        tally.Acknowledged++;
    }

    private sealed class Tally
    {
        public int Acknowledged { get; set; }

        public int Sent { get; set; }
    }
}
