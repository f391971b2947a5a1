using Ecosystem.Temporal.Tests.Sdk;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Ecosystem.Temporal.Tests.Survival;

/// <summary>
/// A service that dies in the middle of something goes on from what is on disk: the file is copied at that moment, as a kill would leave it,
/// and a second service starts from the copy. Both stand on virtual clocks, which nobody moves while anything is in flight.
/// </summary>
public sealed class RestartTests : IAsyncDisposable
{
    private const string Queue = "hand";
    private static readonly DateTimeOffset Begin = new(2017, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("restart-").FullName;
    private readonly VirtualClock _clock = new(Begin);
    private SdkService? _first;
    private SdkService? _second;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WorkflowTask_Started_IsHandedOutAgain()
    {
        var hand = await StartAsync();
        await _first!.Client.StartWorkflowAsync("ByHand", [], new("w", Queue));
        await hand.PollAsync();
        var again = await RestartAsync();
        await again.CompleteAsync(await again.PollAsync(), Complete());
        await EndsAsync();
    }

    [Fact]
    public async Task WorkflowTask_OnAStickyQueueNobodyPolls_IsHandedOutWithTheWholeHistory()
    {
        var hand = await StartAsync();
        await _first!.Client.StartWorkflowAsync("ByHand", [], new("w", Queue));
        await StickAsync(await hand.PollAsync());
        await _first.Client.GetWorkflowHandle("w").SignalAsync("s", []);
        var again = await RestartAsync();
        var task = await again.PollAsync();
        Assert.Equal(EventType.WorkflowExecutionStarted, task.History.Events[0].EventType);
        await again.CompleteAsync(task, Complete());
        await EndsAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Signal_BufferedByATaskInFlight_ComesWithTheNextTask(bool speculative)
    {
        var hand = await StartAsync();
        var handle = await _first!.Client.StartWorkflowAsync("ByHand", [], new("w", Queue));
        if (speculative)
        {
            await hand.CompleteAsync(await hand.PollAsync());
            _ = UpdateAsync(_first);
        }

        await hand.PollAsync();
        await handle.SignalAsync("s", []);
        var again = await RestartAsync();
        var task = await again.PollAsync();
        Assert.Contains(task.History.Events, e => e.EventType == EventType.WorkflowExecutionSignaled);
        await again.CompleteAsync(task, Complete());
        await EndsAsync();
    }

    [Fact]
    public async Task Activity_StartedWithoutHeartbeat_IsHandedOutAgain()
    {
        var hand = await StartAsync();
        await hand.StartWithActivityAsync("w");
        await hand.PollActivityAsync();
        var again = await RestartAsync();
        var attempt = await again.PollActivityAsync();
        Assert.Equal(2, attempt.Attempt);
        await again.Rpc.RespondActivityTaskCompletedAsync(new() { Namespace = HandWorker.Namespace, TaskToken = attempt.TaskToken });
        await again.CompleteAsync(await again.PollAsync(), Complete());
        await EndsAsync();
    }

    [Fact]
    public async Task Activity_StartedThatMayRunOnce_HasTimedOut()
    {
        var hand = await StartAsync();
        await hand.StartWithActivityAsync("w", attributes => attributes.RetryPolicy = new() { MaximumAttempts = 1 });
        await hand.PollActivityAsync();
        var again = await RestartAsync();
        var task = await again.PollAsync();
        Assert.Contains(task.History.Events, e => e.ActivityTaskTimedOutEventAttributes is { Failure.TimeoutFailureInfo.TimeoutType: TimeoutType.StartToClose });
        await again.CompleteAsync(task, Complete());
        await EndsAsync();
    }

    [Fact]
    public async Task StandaloneActivity_Started_IsHandedOutAgain()
    {
        var hand = await StartAsync();
        await hand.Rpc.StartActivityExecutionAsync(new()
        {
            Namespace = HandWorker.Namespace,
            ActivityId = "a",
            ActivityType = new() { Name = "A" },
            TaskQueue = new() { Name = Queue },
            StartToCloseTimeout = Duration.FromTimeSpan(TimeSpan.FromMinutes(1)),
        });
        await hand.PollActivityAsync();
        var again = await RestartAsync();
        await again.Rpc.RespondActivityTaskCompletedAsync(new() { Namespace = HandWorker.Namespace, TaskToken = (await again.PollActivityAsync()).TaskToken });
        await IdleAsync();
    }

    [Fact]
    public async Task Update_OnASpeculativeTask_IsSentAgainByItsCaller()
    {
        var hand = await StartAsync();
        await _first!.Client.StartWorkflowAsync("ByHand", [], new("w", Queue));
        await hand.CompleteAsync(await hand.PollAsync());
        _ = UpdateAsync(_first);
        Assert.Single((await hand.PollAsync()).Messages);
        var again = await RestartAsync();
        await IdleAsync();
        var update = UpdateAsync(_second!);
        var task = await again.PollAsync();
        Assert.Single(task.Messages);
        await again.CompleteAsync(task, Complete());
        await update;
        await EndsAsync();
    }

    [Fact]
    public async Task Query_Outstanding_LeavesNothingBehind()
    {
        var hand = await StartAsync();
        var handle = await _first!.Client.StartWorkflowAsync("ByHand", [], new("w", Queue));
        await hand.CompleteAsync(await hand.PollAsync());
        _ = handle.QueryAsync<string>("q", [], new() { Rpc = new() { Timeout = TimeSpan.FromSeconds(3) } }).ContinueWith(static query => _ = query.Exception, TaskScheduler.Default);
        Assert.NotNull((await hand.PollAsync()).Query);
        var again = await RestartAsync();
        await IdleAsync();
        await _second!.Client.GetWorkflowHandle("w").SignalAsync("s", []);
        await again.CompleteAsync(await again.PollAsync(), Complete());
        await EndsAsync();
    }

    [Fact]
    public async Task ContinueAsNew_JustDone_GoesOnWithTheNextRun()
    {
        var hand = await StartAsync();
        await _first!.Client.StartWorkflowAsync("ByHand", [], new("w", Queue));
        await hand.CompleteAsync(await hand.PollAsync(), new Command
        {
            CommandType = CommandType.ContinueAsNewWorkflowExecution,
            ContinueAsNewWorkflowExecutionCommandAttributes = new() { WorkflowType = new() { Name = "Next" } },
        });
        var again = await RestartAsync();
        await MoveToAsync(Begin.AddSeconds(1));
        var task = await again.PollAsync();
        Assert.Equal("Next", task.WorkflowType.Name);
        await again.CompleteAsync(task, Complete());
        await EndsAsync();
    }

    /// <summary>The copies are made at different moments of one child's life; whichever they catch, parent and child come to their end.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public async Task Child_StartInFlight_ParentHearsOfItOnce(int milliseconds)
    {
        var hand = await StartAsync();
        await _first!.Client.StartWorkflowAsync("ByHand", [], new("w", Queue));
        var task = await hand.PollAsync();
        var completing = hand.CompleteAsync(task, new Command
        {
            CommandType = CommandType.StartChildWorkflowExecution,
            StartChildWorkflowExecutionCommandAttributes = new() { WorkflowId = "child", WorkflowType = new() { Name = "Child" }, TaskQueue = new() { Name = Queue } },
        });
        await (milliseconds == 0 ? completing : Task.WhenAny(completing, Task.Delay(milliseconds, Cancel)));
        var again = await RestartAsync();
        await completing;
        for (var parentDone = false; !parentDone;)
        {
            var next = await again.PollAsync();
            var isParent = next.WorkflowType.Name == "ByHand";
            var started = next.History.Events.Count(e => e.EventType == EventType.ChildWorkflowExecutionStarted);
            Assert.True(started <= 1);
            parentDone = isParent && next.History.Events.Any(e => e.EventType == EventType.ChildWorkflowExecutionCompleted);
            Command[] commands = !isParent || parentDone ? [Complete()]
                : next.History.Events.Any(e => e.EventType == EventType.StartChildWorkflowExecutionInitiated) ? []
                : [new Command
                {
                    CommandType = CommandType.StartChildWorkflowExecution,
                    StartChildWorkflowExecutionCommandAttributes = new() { WorkflowId = "child", WorkflowType = new() { Name = "Child" }, TaskQueue = new() { Name = Queue } },
                }];
            await again.CompleteAsync(next, commands);
        }

        await EndsAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_second is not null)
        {
            await _second.DisposeAsync();
        }

        if (_first is not null)
        {
            await _first.DisposeAsync();
        }

        Directory.Delete(_folder, true);
    }

    private static Command Complete() => new()
    {
        CommandType = CommandType.CompleteWorkflowExecution,
        CompleteWorkflowExecutionCommandAttributes = new CompleteWorkflowExecutionCommandAttributes(),
    };

    private static async Task UpdateAsync(SdkService sdk)
    {
        try
        {
            await sdk.Client.Connection.WorkflowService.UpdateWorkflowExecutionAsync(
                new()
                {
                    Namespace = HandWorker.Namespace,
                    WorkflowExecution = new() { WorkflowId = "w" },
                    Request = new Request { Meta = new Meta { UpdateId = "u" }, Input = new Input { Name = "u" } },
                    WaitPolicy = new() { LifecycleStage = UpdateWorkflowExecutionLifecycleStage.Completed },
                },
                new() { Retry = false, Timeout = TimeSpan.FromSeconds(5) });
        }
        catch (Temporalio.Exceptions.RpcException)
        {
            // The workflow ends without an answer, or the service is gone.
        }
    }

    private async Task<HandWorker> StartAsync()
    {
        _first = await SdkService.StartAsync(_clock, Path.Combine(_folder, "first.db"), worker: false);
        return new HandWorker(_first.Client);
    }

    private async Task<HandWorker> RestartAsync()
    {
        var copy = Path.Combine(_folder, "second.db");

        // Writes keep their order: once this empty one is through, all that was decided before is on disk.
        await _first!.Service.Engine.Store.CommitAsync(new());
        await _first.Service.BackupAsync(copy, Cancel);
        _second = await SdkService.StartAsync(_clock, copy, worker: false);
        return new HandWorker(_second.Client);
    }

    private async Task StickAsync(PollWorkflowTaskQueueResponse task) => await _first!.Client.Connection.WorkflowService.RespondWorkflowTaskCompletedAsync(new()
    {
        Namespace = HandWorker.Namespace,
        TaskToken = task.TaskToken,
        StickyAttributes = new()
        {
            WorkerTaskQueue = new TaskQueue { Name = "sticky", Kind = TaskQueueKind.Sticky, NormalName = Queue },
            ScheduleToStartTimeout = Duration.FromTimeSpan(TimeSpan.FromMinutes(1)),
        },
    });

    private async Task MoveToAsync(DateTimeOffset time)
    {
        await IdleAsync();
        _clock.AdvanceTo(time);
    }

    /// <summary>The service comes to rest; it must not wait for something that went down with the first one.</summary>
    private async Task IdleAsync() => await _second!.Service.WaitUntilIdleAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(20), Cancel);

    private async Task EndsAsync()
    {
        await IdleAsync();
        Assert.Equal(WorkflowExecutionStatus.Completed, (await _second!.Client.GetWorkflowHandle("w").DescribeAsync()).Status);
        await _second.DisposeAsync();
        _second = null;
        Assert.Empty(await EmbeddedTemporal.VerifyAsync(Path.Combine(_folder, "second.db")));
    }
}
