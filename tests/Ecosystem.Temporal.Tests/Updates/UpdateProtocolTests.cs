using Ecosystem.Temporal.Tests.Sdk;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Exceptions;

namespace Ecosystem.Temporal.Tests.Updates;

/// <summary>The messages of updates between service and worker, where the recordings show nothing: what the server's source says.</summary>
public sealed class UpdateProtocolTests
{
    private const string Id = "w";

    [Fact]
    public async Task Heartbeat_UpdateNotAnswered_IsNeitherRejectedNorSentAgain()
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        var hand = await IdleAsync(sdk);
        var update = UpdateAsync(sdk);
        var task = await hand.PollAsync();
        Assert.Single(task.Messages);
        var next = (await hand.Rpc.RespondWorkflowTaskCompletedAsync(new()
        {
            Namespace = HandWorker.Namespace,
            TaskToken = task.TaskToken,
            ForceCreateNewWorkflowTask = true,
            ReturnNewWorkflowTask = true,
        })).WorkflowTask;
        Assert.Empty(next.Messages);
        await AnswerAsync(hand, next, Accept(), Respond());
        Assert.Equal(UpdateWorkflowExecutionLifecycleStage.Completed, (await update).Stage);
    }

    [Fact]
    public async Task BadCommand_UpdateSent_EndsWithAnErrorAndOneThatCameMeanwhileGoesOn()
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        var hand = await IdleAsync(sdk);
        var sent = UpdateAsync(sdk);
        var task = await hand.PollAsync();
        var meanwhile = UpdateAsync(sdk, "meanwhile");
        await AdmittedAsync(sdk, "meanwhile");
        var bad = new Command { CommandType = CommandType.StartTimer, StartTimerCommandAttributes = new() };
        await Assert.ThrowsAsync<RpcException>(() => hand.CompleteAsync(task, bad));
        var error = await Assert.ThrowsAsync<RpcException>(() => sent);
        Assert.Equal(RpcException.StatusCode.FailedPrecondition, error.Code);
        var next = await hand.PollAsync();
        Assert.Equal("meanwhile/request", Assert.Single(next.Messages).Id);
        await AnswerAsync(hand, next, Reject("meanwhile"));
        Assert.Equal("no", (await meanwhile).Outcome.Failure.Message);
    }

    [Fact]
    public async Task Update_DuringATaskWhoseAnswerTakesNoOther_LeavesARealTask()
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        var hand = await IdleAsync(sdk);
        var handle = sdk.Client.GetWorkflowHandle(Id);
        await handle.SignalAsync("s", []);
        var task = await hand.PollAsync();
        var update = UpdateAsync(sdk);
        await AdmittedAsync(sdk, "u");
        await hand.CompleteAsync(task);
        await AnswerAsync(hand, await hand.PollAsync(), Reject());
        await update;
        Assert.Equal(3, (await handle.FetchHistoryAsync()).Events.Count(e => e.EventType == EventType.WorkflowTaskCompleted));
    }

    [Fact]
    public async Task Reset_BeforeAnAcceptedUpdate_TheWorkerHasItFromHistory()
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        var hand = await IdleAsync(sdk);
        var update = UpdateAsync(sdk, stage: UpdateWorkflowExecutionLifecycleStage.Accepted);
        await AnswerAsync(hand, await hand.PollAsync(), Accept());
        await update;
        await hand.Rpc.ResetWorkflowExecutionAsync(new()
        {
            Namespace = HandWorker.Namespace,
            WorkflowExecution = new() { WorkflowId = Id },
            WorkflowTaskFinishEventId = 4,
            RequestId = "reset",
        });
        var task = await hand.PollAsync();
        Assert.Contains(task.History.Events, e => e.EventType == EventType.WorkflowExecutionUpdateAdmitted);
        Assert.Empty(task.Messages);
        await AnswerAsync(hand, task, Accept(), Respond());
        var accepted = (await sdk.Client.GetWorkflowHandle(Id).FetchHistoryAsync()).Events.Single(e => e.EventType == EventType.WorkflowExecutionUpdateAccepted);
        Assert.Null(accepted.WorkflowExecutionUpdateAcceptedEventAttributes.AcceptedRequest);
        Assert.Equal("u/request", accepted.WorkflowExecutionUpdateAcceptedEventAttributes.AcceptedRequestMessageId);
    }

    [Theory]
    [InlineData("no meta", "invalid *update.Response: meta is not set")]
    [InlineData("other meta", "invalid *update.Response: meta.update_id != u")]
    [InlineData("accepted twice", "invalid state transition attempted for Update u: received *update.Acceptance message while in state ProvisionallyAccepted")]
    public async Task Messages_ThatAreNotGood_AreRefusedInTheServersWords(string what, string expected)
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        var hand = await IdleAsync(sdk);
        var update = UpdateAsync(sdk);
        Message[] messages = what switch
        {
            "no meta" => [Accept(), Body("2", new Response { Outcome = new() { Success = new() } })],
            "other meta" => [Accept(), Body("2", new Response { Meta = new() { UpdateId = "v" }, Outcome = new() { Success = new() } })],
            _ => [Accept(), Body("2", new Acceptance { AcceptedRequestMessageId = "u/request", AcceptedRequestSequencingEventId = 1 })],
        };
        var task = await hand.PollAsync();
        var error = await Assert.ThrowsAsync<RpcException>(() => AnswerAsync(hand, task, messages));
        Assert.Equal("BadUpdateWorkflowExecutionMessage: " + expected, error.Message);
        await Assert.ThrowsAsync<RpcException>(() => update);
    }

    [Fact]
    public async Task UpdateWithStart_UpdateKnown_IsFoundWhateverThePolicy()
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        var hand = await IdleAsync(sdk);
        var update = UpdateAsync(sdk);
        var task = await hand.PollAsync();
        var attached = UpdateWithStartAsync(sdk, WorkflowIdConflictPolicy.Fail);
        await AnswerAsync(hand, task, Accept(), Respond());
        await update;
        Assert.False((await attached).Responses[0].StartWorkflow.Started);
        await sdk.Client.GetWorkflowHandle(Id).TerminateAsync();
        var late = await UpdateWithStartAsync(sdk, WorkflowIdConflictPolicy.Fail);
        Assert.Equal(WorkflowExecutionStatus.Terminated, late.Responses[0].StartWorkflow.Status);
        Assert.NotNull(late.Responses[1].UpdateWorkflow.Outcome.Success);
    }

    [Fact]
    public async Task UpdateWithStart_RunClosesOverTheUpdate_StartsAnother()
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        var hand = await IdleAsync(sdk);
        var call = UpdateWithStartAsync(sdk, WorkflowIdConflictPolicy.UseExisting);
        await AdmittedAsync(sdk, "u");
        await sdk.Client.GetWorkflowHandle(Id).TerminateAsync();
        PollWorkflowTaskQueueResponse task;
        do
        {
            task = await hand.PollAsync();
        }
        while (task.Messages.Count == 0);

        await AnswerAsync(hand, task, Accept(), Respond());
        Assert.True((await call).Responses[0].StartWorkflow.Started);
    }

    [Fact]
    public async Task UpdateWithStart_UpdateFailsAfterTheStart_OnlyTheUpdateDoes()
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        var hand = new HandWorker(sdk.Client);
        var call = UpdateWithStartAsync(sdk, WorkflowIdConflictPolicy.Fail);
        var task = await hand.PollAsync();
        await Assert.ThrowsAsync<RpcException>(() => AnswerAsync(hand, task, Respond()));
        var error = await Assert.ThrowsAsync<RpcException>(() => call);
        var statuses = error.GrpcStatus.Value!.Details[0].Unpack<MultiOperationExecutionFailure>().Statuses;
        Assert.Equal((0, 9), (statuses[0].Code, statuses[1].Code));
    }

    private static async Task<HandWorker> IdleAsync(SdkService sdk)
    {
        var hand = new HandWorker(sdk.Client);
        await sdk.Client.StartWorkflowAsync("ByHand", [], new(Id, "hand"));
        await hand.CompleteAsync(await hand.PollAsync());
        return hand;
    }

    private static UpdateWorkflowExecutionRequest Request(string id, UpdateWorkflowExecutionLifecycleStage stage) => new()
    {
        Namespace = HandWorker.Namespace,
        WorkflowExecution = new() { WorkflowId = Id },
        Request = new Request { Meta = new Meta { UpdateId = id }, Input = new Input { Name = "u" } },
        WaitPolicy = new() { LifecycleStage = stage },
    };

    private static Task<UpdateWorkflowExecutionResponse> UpdateAsync(
        SdkService sdk,
        string id = "u",
        UpdateWorkflowExecutionLifecycleStage stage = UpdateWorkflowExecutionLifecycleStage.Completed) =>
        sdk.Client.Connection.WorkflowService.UpdateWorkflowExecutionAsync(Request(id, stage), new() { Retry = false });

    private static Task<ExecuteMultiOperationResponse> UpdateWithStartAsync(SdkService sdk, WorkflowIdConflictPolicy policy)
    {
        var request = new ExecuteMultiOperationRequest { Namespace = HandWorker.Namespace };
        request.Operations.Add(new ExecuteMultiOperationRequest.Types.Operation
        {
            StartWorkflow = new()
            {
                Namespace = HandWorker.Namespace,
                WorkflowId = Id,
                WorkflowType = new() { Name = "ByHand" },
                TaskQueue = new() { Name = "hand" },
                RequestId = Guid.NewGuid().ToString(),
                WorkflowIdConflictPolicy = policy,
            },
        });
        request.Operations.Add(new ExecuteMultiOperationRequest.Types.Operation { UpdateWorkflow = Request("u", UpdateWorkflowExecutionLifecycleStage.Completed) });
        return sdk.Client.Connection.WorkflowService.ExecuteMultiOperationAsync(request, new() { Retry = false });
    }

    /// <summary>Waits until the service has an update.</summary>
    private static async Task AdmittedAsync(SdkService sdk, string id)
    {
        while (true)
        {
            try
            {
                await sdk.Client.Connection.WorkflowService.PollWorkflowExecutionUpdateAsync(
                    new() { Namespace = HandWorker.Namespace, UpdateRef = new() { WorkflowExecution = new() { WorkflowId = Id }, UpdateId = id } }, new() { Retry = false });
                return;
            }
            catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
            {
                TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    private static Message Accept() => Body("1", new Acceptance { AcceptedRequestMessageId = "u/request", AcceptedRequestSequencingEventId = 1 });

    private static Message Respond() => Body("2", new Response { Meta = new() { UpdateId = "u" }, Outcome = new() { Success = new() } });

    private static Message Reject(string id = "u") => Body("1", new Rejection { RejectedRequestMessageId = id + "/request", RejectedRequestSequencingEventId = 1, Failure = new Failure { Message = "no" } }, id);

    private static Message Body(string id, IMessage body, string update = "u") => new() { Id = id, ProtocolInstanceId = update, Body = Any.Pack(body) };

    private static Task AnswerAsync(HandWorker hand, PollWorkflowTaskQueueResponse task, params Message[] messages)
    {
        var request = new RespondWorkflowTaskCompletedRequest { Namespace = HandWorker.Namespace, TaskToken = task.TaskToken };
        request.Messages.AddRange(messages);
        return hand.Rpc.RespondWorkflowTaskCompletedAsync(request);
    }
}
