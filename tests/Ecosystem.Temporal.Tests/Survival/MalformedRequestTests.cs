using System.Collections.Concurrent;
using Ecosystem.Temporal.Tests.Sdk;
using Ecosystem.Temporal.Tests.Wire;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Temporalio.Client;

namespace Ecosystem.Temporal.Tests.Survival;

/// <summary>Requests made at random from the protos: each is answered, none with an error of the service's own.</summary>
public sealed class MalformedRequestTests
{
    private const int Seed = 815;

    /// <summary>Lists of what visibility keeps: a server answers a page token that it cannot read with UNKNOWN and a hidden message, as these do.</summary>
    private static readonly HashSet<string> AnswerUnknownToForeignTokens =
    [
        "ListActivityExecutions",
        "ListClosedWorkflowExecutions",
        "ListOpenWorkflowExecutions",
        "ListWorkflowExecutions",
        "ScanWorkflowExecutions",
    ];

    [Fact]
    public async Task EveryRpc_RandomRequests_AreAnsweredWithoutInternalErrors()
    {
        var rounds = int.Parse(Environment.GetEnvironmentVariable("FUZZ_ROUNDS") ?? "30", System.Globalization.CultureInfo.InvariantCulture);
        await using var sdk = await SdkService.StartAsync();
        await sdk.Client.StartWorkflowAsync((CounterWorkflow workflow) => workflow.RunAsync(1), new("w", "q"));
        var untouched = await sdk.Client.StartWorkflowAsync((CounterWorkflow workflow) => workflow.RunAsync(2), new("untouched", "q"));
        using var client = new WireClient(sdk.Service.Address);
        var wrong = new ConcurrentBag<string>();
        var unknown = new ConcurrentDictionary<string, bool>();
        foreach (var file in (FileDescriptor[])
        [
            Temporalio.Api.WorkflowService.V1.ServiceReflection.Descriptor,
            Temporalio.Api.OperatorService.V1.ServiceReflection.Descriptor,
            Temporalio.Api.TestService.V1.ServiceReflection.Descriptor,
        ])
        {
            foreach (var method in file.Services[0].Methods)
            {
                await Parallel.ForEachAsync(Enumerable.Range(0, rounds), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (round, _) =>
                {
                    var seed = HashCode(method.FullName) + Seed + round;
                    try
                    {
                        await client.CallAsync(method, await RequestAsync(sdk, method, seed), TimeSpan.FromSeconds(1.5));
                    }
                    catch (Grpc.Core.RpcException e) when (e.StatusCode is StatusCode.Unknown
                        && AnswerUnknownToForeignTokens.Contains(method.Name) && e.Status.Detail == "something went wrong, please retry (61f8d6d1)")
                    {
                        unknown[method.Name] = true;
                    }
                    catch (Grpc.Core.RpcException e) when (e.StatusCode is StatusCode.Internal or StatusCode.Unknown or StatusCode.Unavailable or StatusCode.DataLoss)
                    {
                        wrong.Add($"{method.Name}, seed {seed}: {e.Status}");
                    }
                    catch (Grpc.Core.RpcException)
                    {
                        // Any other error is an answer.
                    }
                });
            }
        }

        Assert.True(wrong.IsEmpty, string.Join('\n', wrong.Order()));
        Assert.Equal(AnswerUnknownToForeignTokens.Order(), unknown.Keys.Order());
        Assert.NotNull(await sdk.Client.Connection.WorkflowService.GetSystemInfoAsync(new()));
        Assert.Equal(6, await sdk.Client.ExecuteWorkflowAsync((OneActivityWorkflow workflow) => workflow.RunAsync(3), new("sound", "q")));
        await untouched.SignalAsync(workflow => workflow.FinishAsync());
        Assert.Equal(2, await untouched.GetResultAsync());
    }

    [Fact]
    public async Task Request_LargerThanGrpcAllows_IsRefusedInTheWordsSdksKnow()
    {
        await using var service = await EmbeddedTemporal.StartAsync();
        using var client = new WireClient(service.Address);
        var request = new Temporalio.Api.WorkflowService.V1.SignalWorkflowExecutionRequest { Namespace = "default", Identity = new string('x', 5 * 1024 * 1024) };
        var refused = await Assert.ThrowsAsync<Grpc.Core.RpcException>(() => client.CallAsync(WireClient.Method("WorkflowService.SignalWorkflowExecution"), request, TimeSpan.FromSeconds(10)));
        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
        Assert.StartsWith("grpc: received message larger than max", refused.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LongPolls_CallersGoAway_LoseNoTaskAndLeaveNothingBehind()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var service = await EmbeddedTemporal.StartAsync();
        var client = await QuietSdk.ConnectAsync(service.Address);
        for (var round = 0; round < 20; round++)
        {
            using var gone = new CancellationTokenSource();
            var rpc = new RpcOptions { CancellationToken = gone.Token, Retry = false };
            var polls = Enumerable.Range(0, 10).Select(_ => client.Connection.WorkflowService.PollWorkflowTaskQueueAsync(
                new() { Namespace = "default", TaskQueue = new() { Name = "q" }, Identity = "vanishing" }, rpc)).ToList();
            while (!service.Engine.Queues.All.Any(known => known.HasWaitingPoller))
            {
                await Task.Yield();
                cancel.ThrowIfCancellationRequested();
            }

            await gone.CancelAsync();
            foreach (var poll in polls)
            {
                await Assert.ThrowsAnyAsync<Exception>(() => poll);
            }
        }

        // The service notices that callers are gone a moment after they are.
        var queue = service.Engine.Queues.All.Single();
        while (queue.HasWaitingPoller)
        {
            await Task.Yield();
            cancel.ThrowIfCancellationRequested();
        }

        await client.StartWorkflowAsync("Any", [], new("kept", "q"));
        var task = await client.Connection.WorkflowService.PollWorkflowTaskQueueAsync(new() { Namespace = "default", TaskQueue = new() { Name = "q" }, Identity = "staying" });
        Assert.Equal("kept", task.WorkflowExecution.WorkflowId);
    }

    [Fact]
    public async Task WorkflowTask_WorkerVanishes_AnotherWorkerGetsIt()
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        var client = sdk.Client;
        var handle = await client.StartWorkflowAsync((OneActivityWorkflow workflow) => workflow.RunAsync(3), new("w", "q") { TaskTimeout = TimeSpan.FromSeconds(1) });
        var taken = await client.Connection.WorkflowService.PollWorkflowTaskQueueAsync(new() { Namespace = "default", TaskQueue = new() { Name = "q" }, Identity = "vanishing" });
        Assert.Equal("w", taken.WorkflowExecution.WorkflowId);
        sdk.Work();
        Assert.Equal(6, await handle.GetResultAsync());
        Assert.Contains((await handle.FetchHistoryAsync()).Events, e => e.EventType == Temporalio.Api.Enums.V1.EventType.WorkflowTaskTimedOut);
    }

    /// <summary>A request at random. Of namespaces to delete or deprecate it names only one made for that, as the others are in use.</summary>
    private static async Task<IMessage> RequestAsync(SdkService sdk, MethodDescriptor method, int seed)
    {
        var request = new RandomMessages(seed).Make(method.InputType);
        switch (request)
        {
            case Temporalio.Api.OperatorService.V1.DeleteNamespaceRequest { Namespace: "default" } delete:
                delete.Namespace = await NamespaceAsync();
                break;
            case Temporalio.Api.WorkflowService.V1.DeprecateNamespaceRequest { Namespace: "default" } deprecate:
                deprecate.Namespace = await NamespaceAsync();
                break;
            default:
                break;
        }

        return request;

        async Task<string> NamespaceAsync()
        {
            var name = $"gone-{seed}";
            await sdk.Client.WorkflowService.RegisterNamespaceAsync(new()
            {
                Namespace = name,
                WorkflowExecutionRetentionPeriod = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromDays(1)),
            });
            return name;
        }
    }

    /// <summary>The same in every process, as <see cref="string.GetHashCode()"/> is not.</summary>
    private static int HashCode(string text) => text.Aggregate(17, (hash, c) => unchecked((hash * 31) + c)) & 0xFFFFFF;
}
