using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;

namespace Ecosystem.Temporal.Tests.Sdk;

/// <summary>A worker of workflow tasks and activities that does only what a test says, by the SDK's own service stubs.</summary>
internal sealed class HandWorker(ITemporalClient client, string queue = "hand")
{
    public const string Namespace = "default";

    /// <summary>How a worker of a deployment's version names itself; null outside of deployments.</summary>
    public Temporalio.Api.Deployment.V1.WorkerDeploymentOptions? Deployment { get; init; }

    /// <summary>How it wants the runs whose tasks it completes versioned.</summary>
    public VersioningBehavior Behavior { get; init; }

    public WorkflowService Rpc => client.Connection.WorkflowService;

    /// <summary>Starts a workflow and has its first task schedule one activity of type "A" with the id "a".</summary>
    public async Task<WorkflowHandle> StartWithActivityAsync(string workflowId, Action<ScheduleActivityTaskCommandAttributes>? change = null)
    {
        var handle = await client.StartWorkflowAsync("ByHand", [], new(workflowId, queue));
        var attributes = new ScheduleActivityTaskCommandAttributes
        {
            ActivityId = "a",
            ActivityType = new() { Name = "A" },
            TaskQueue = new() { Name = queue },
            StartToCloseTimeout = Duration.FromTimeSpan(TimeSpan.FromMinutes(1)),
        };
        change?.Invoke(attributes);
        await CompleteAsync(await PollAsync(), new Command { CommandType = CommandType.ScheduleActivityTask, ScheduleActivityTaskCommandAttributes = attributes });
        return handle;
    }

    /// <summary>All that the service says of a workflow, of which the SDK's own description shows a part.</summary>
    public Task<DescribeWorkflowExecutionResponse> DescribeAsync(string workflowId) =>
        Rpc.DescribeWorkflowExecutionAsync(new() { Namespace = Namespace, Execution = new() { WorkflowId = workflowId } });

    /// <summary>Waits for a workflow task.</summary>
    public Task<PollWorkflowTaskQueueResponse> PollAsync() => Rpc.PollWorkflowTaskQueueAsync(new()
    {
        Namespace = Namespace,
        TaskQueue = new() { Name = queue },
        Identity = "hand",
        DeploymentOptions = Deployment,
    });

    /// <summary>Answers a workflow task.</summary>
    public Task CompleteAsync(PollWorkflowTaskQueueResponse task, params Command[] commands)
    {
        var request = new RespondWorkflowTaskCompletedRequest
        {
            Namespace = Namespace,
            TaskToken = task.TaskToken,
            Identity = "hand",
            DeploymentOptions = Deployment,
            VersioningBehavior = Behavior,
        };
        request.Commands.AddRange(commands);
        return Rpc.RespondWorkflowTaskCompletedAsync(request);
    }

    /// <summary>Answers a workflow task with nothing but the wish to get the next one by a queue of one's own.</summary>
    public Task StickAsync(PollWorkflowTaskQueueResponse task, string own) => Rpc.RespondWorkflowTaskCompletedAsync(new()
    {
        Namespace = Namespace,
        TaskToken = task.TaskToken,
        Identity = "hand",
        StickyAttributes = new()
        {
            WorkerTaskQueue = new() { Name = own, Kind = TaskQueueKind.Sticky, NormalName = queue },
            ScheduleToStartTimeout = Duration.FromTimeSpan(TimeSpan.FromHours(1)),
        },
    });

    /// <summary>Waits for an activity's attempt.</summary>
    public Task<PollActivityTaskQueueResponse> PollActivityAsync() => Rpc.PollActivityTaskQueueAsync(new()
    {
        Namespace = Namespace,
        TaskQueue = new() { Name = queue },
        Identity = "hand",
        DeploymentOptions = Deployment,
    });

    /// <summary>Ends an attempt well.</summary>
    public Task CompleteActivityAsync(PollActivityTaskQueueResponse task) =>
        Rpc.RespondActivityTaskCompletedAsync(new() { Namespace = Namespace, TaskToken = task.TaskToken, Identity = "hand" });

    /// <summary>Fails an attempt in a way that is tried again.</summary>
    public Task FailAsync(PollActivityTaskQueueResponse task, string message = "no") => Rpc.RespondActivityTaskFailedAsync(new()
    {
        Namespace = Namespace,
        TaskToken = task.TaskToken,
        Failure = new() { Message = message, ApplicationFailureInfo = new() { Type = "T" } },
    });
}
