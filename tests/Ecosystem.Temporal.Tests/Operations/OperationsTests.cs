using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ecosystem.Temporal.Tests.Survival;
using Grpc.Core;
using Grpc.Net.Client;
using Temporalio.Client;

namespace Ecosystem.Temporal.Tests.Operations;

/// <summary>What an operator needs.</summary>
public sealed class OperationsTests
{
    [Fact]
    public async Task Metrics_AfterAWorkflow_HaveTheServersNames()
    {
        await using var service = await EmbeddedTemporal.StartAsync(new() { OperationsListen = "127.0.0.1:0", DataFile = NewFile() });
        var client = await QuietSdk.ConnectAsync(service.Address);
        await client.StartWorkflowAsync("Any", [], new("w", "metered"));
        await client.GetWorkflowHandle("w").TerminateAsync();
        await Assert.ThrowsAsync<Temporalio.Exceptions.RpcException>(() => client.GetWorkflowHandle("nobody").TerminateAsync());
        using var http = new HttpClient();
        var metrics = await http.GetStringAsync(new Uri($"http://{service.OperationsAddress}/metrics"), TestContext.Current.CancellationToken);
        foreach (var expected in (string[])
        [
            "service_requests{", "operation=\"StartWorkflowExecution\"", "namespace=\"default\"", "service_latency_bucket{", "service_error_with_type{",
            "error_type=\"serviceerror_NotFound\"", "persistence_latency_bucket{", "workflow_terminate{", "approximate_backlog_count{", "taskqueue=\"metered\"", "cache_size",
        ])
        {
            Assert.Contains(expected, metrics, StringComparison.Ordinal);
        }

        Assert.Equal("SERVING", await http.GetStringAsync(new Uri($"http://{service.OperationsAddress}/health"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Traces_Start_NamesTheRpcAndTheWorkflow()
    {
        var spans = new System.Collections.Concurrent.ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == EmbeddedTemporal.TelemetryName,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await using var service = await EmbeddedTemporal.StartAsync();
        var client = await QuietSdk.ConnectAsync(service.Address);
        await client.StartWorkflowAsync("Any", [], new("traced", "q"));
        await service.DisposeAsync();
        var span = Assert.Single(spans, span => span.GetTagItem("temporalWorkflowID") as string == "traced");
        Assert.Equal("temporal.api.workflowservice.v1.WorkflowService/StartWorkflowExecution", span.DisplayName);
    }

    [Theory]
    [InlineData("0.0.0.0:0")]
    [InlineData("[::]:0")]
    [InlineData("192.0.2.1:7233")]
    public async Task Start_BeyondLoopbackUnprotected_IsRefusedAndSaysWhatIsMissing(string listen)
    {
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => EmbeddedTemporal.StartAsync(new() { Listen = listen }));
        Assert.Contains("--tls-cert", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--api-key-file", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_BeyondLoopbackWithTlsAndKey_ServesWhoHasTheKey()
    {
        var (own, authority) = Certificates();
        using var certificate = own;
        await using var service = await EmbeddedTemporal.StartAsync(new() { Listen = "0.0.0.0:0", Certificate = certificate, ApiKey = "correct-horse-battery" });
        var port = service.Address.Split(':')[^1];
        var options = new TemporalClientConnectOptions($"localhost:{port}")
        {
            ApiKey = "correct-horse-battery",
            Tls = new() { ServerRootCACert = System.Text.Encoding.ASCII.GetBytes(authority) },
        };
        var client = await TemporalClient.ConnectAsync(options);
        Assert.NotEmpty((await client.StartWorkflowAsync("Any", [], new("w", "q"))).ResultRunId!);
        options.ApiKey = "wrong";
        var refused = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            var stranger = await TemporalClient.ConnectAsync(options);
            await stranger.GetWorkflowHandle("w").DescribeAsync();
        });
        Assert.Contains("unauthorized", refused.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Health_CheckAndWatch_AnswerByName()
    {
        var service = await EmbeddedTemporal.StartAsync();
        using var channel = GrpcChannel.ForAddress("http://" + service.Address);
        var bytes = Marshallers.Create<byte[]>(data => data, data => data);
        byte[] known = [0x0A, 43, .. "temporal.api.workflowservice.v1.WorkflowService"u8];
        known[1] = (byte)(known.Length - 2);
        var check = new Method<byte[], byte[]>(MethodType.Unary, "grpc.health.v1.Health", "Check", bytes, bytes);
        Assert.Equal([8, 1], await channel.CreateCallInvoker().AsyncUnaryCall(check, null, default, known));
        var unknown = await Assert.ThrowsAsync<RpcException>(async () => await channel.CreateCallInvoker().AsyncUnaryCall(check, null, default, [0x0A, 1, (byte)'x']));
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
        var watch = new Method<byte[], byte[]>(MethodType.ServerStreaming, "grpc.health.v1.Health", "Watch", bytes, bytes);
        using var watching = channel.CreateCallInvoker().AsyncServerStreamingCall(watch, null, default, []);
        Assert.True(await watching.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        Assert.Equal([8, 1], watching.ResponseStream.Current);
        var stopping = service.DisposeAsync().AsTask();
        Assert.True(await watching.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        Assert.Equal([8, 2], watching.ResponseStream.Current);
        await stopping;
    }

    [Fact]
    public async Task Backup_WhileStartsGoOn_IsADataFileWithAllThatWasAcknowledged()
    {
        var (file, copy) = (NewFile(), NewFile());
        await using (var service = await EmbeddedTemporal.StartAsync(new() { DataFile = file }))
        {
            var client = await QuietSdk.ConnectAsync(service.Address);
            for (var i = 0; i < 50; i++)
            {
                await client.StartWorkflowAsync("Any", [], new($"before-{i}", "q"));
            }

            var more = Task.WhenAll(Enumerable.Range(0, 100).Select(i => client.StartWorkflowAsync("Any", [], new($"during-{i}", "q"))));
            await service.BackupAsync(copy, TestContext.Current.CancellationToken);
            await more;
            await Assert.ThrowsAsync<IOException>(() => service.BackupAsync(copy, TestContext.Current.CancellationToken));
        }

        Assert.Empty(await EmbeddedTemporal.VerifyAsync(copy));
        await using var restored = await EmbeddedTemporal.StartAsync(new() { DataFile = copy });
        var reader = await QuietSdk.ConnectAsync(restored.Address);
        Assert.Equal("before-49", (await reader.GetWorkflowHandle("before-49").DescribeAsync()).Id);
    }

    [Fact]
    public async Task Retention_ClosedLongAgo_IsRemovedAndOpenStays()
    {
        var clock = new VirtualClock(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var service = await EmbeddedTemporal.StartAsync(new() { Clock = clock, DataFile = NewFile(), Retention = TimeSpan.FromDays(2) });
        var client = await QuietSdk.ConnectAsync(service.Address);
        await client.StartWorkflowAsync("Any", [], new("closed", "q"));
        await client.StartWorkflowAsync("Any", [], new("open", "q"));
        await client.GetWorkflowHandle("closed").TerminateAsync();
        await client.WorkflowService.StartActivityExecutionAsync(new()
        {
            Namespace = "default",
            ActivityId = "activity",
            ActivityType = new() { Name = "A" },
            TaskQueue = new() { Name = "q" },
            StartToCloseTimeout = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromDays(30)),
            RequestId = "r",
        });
        await client.WorkflowService.TerminateActivityExecutionAsync(new() { Namespace = "default", ActivityId = "activity", RequestId = "end" });
        clock.Advance(TimeSpan.FromDays(1.9));
        Assert.Equal(0, await service.Retention.SweepAsync(TestContext.Current.CancellationToken));
        clock.Advance(TimeSpan.FromDays(0.2));
        Assert.Equal(2, await service.Retention.SweepAsync(TestContext.Current.CancellationToken));
        var gone = await Assert.ThrowsAsync<Temporalio.Exceptions.RpcException>(() => client.GetWorkflowHandle("closed").DescribeAsync());
        Assert.Equal(Temporalio.Exceptions.RpcException.StatusCode.NotFound, gone.Code);
        Assert.Equal("open", (await client.GetWorkflowHandle("open").DescribeAsync()).Id);
        Assert.Equal(0, (await client.WorkflowService.CountActivityExecutionsAsync(new() { Namespace = "default" })).Count);
        await Assert.ThrowsAsync<Temporalio.Exceptions.RpcException>(() => client.WorkflowService.DescribeActivityExecutionAsync(new() { Namespace = "default", ActivityId = "activity" }));
    }

    [Fact]
    public async Task Signal_HistoryTooLongAlready_TerminatesTheRunInstead()
    {
        await using var service = await EmbeddedTemporal.StartAsync(new() { HistoryLimits = new() { MaximumEvents = 6 } });
        var client = await TemporalClient.ConnectAsync(new(service.Address));
        var handle = await client.StartWorkflowAsync("Any", [], new("w", "nobody"));
        for (var i = 0; i < 5; i++)
        {
            await handle.SignalAsync("s", []);
        }

        var error = await Assert.ThrowsAsync<Temporalio.Exceptions.RpcException>(() => handle.SignalAsync("s", []));
        Assert.Equal((Temporalio.Exceptions.RpcException.StatusCode.InvalidArgument, "Workflow history count exceeds limit."), (error.Code, error.Message));
        var events = (await handle.FetchHistoryAsync()).Events.ToList();
        Assert.Equal(8, events.Count);
        Assert.Equal("Workflow history count exceeds limit.", events[^1].WorkflowExecutionTerminatedEventAttributes.Reason);
        Assert.Equal(Temporalio.Exceptions.RpcException.StatusCode.NotFound, (await Assert.ThrowsAsync<Temporalio.Exceptions.RpcException>(() => handle.SignalAsync("s", []))).Code);
    }

    [Fact]
    public async Task HistoryLimits_Reached_SuggestContinueAsNewAndThenTerminate()
    {
        await using var service = await EmbeddedTemporal.StartAsync(new() { HistoryLimits = new() { SuggestContinueAsNewEvents = 10, MaximumEvents = 40 } });
        var client = await QuietSdk.ConnectAsync(service.Address);
        var handle = await client.StartWorkflowAsync("Any", [], new("long", "q"));
        for (var i = 0; i < 15; i++)
        {
            await handle.SignalAsync("s", []);
        }

        var task = await client.Connection.WorkflowService.PollWorkflowTaskQueueAsync(new() { Namespace = "default", TaskQueue = new() { Name = "q" } });
        Assert.True(task.History.Events[^1].WorkflowTaskStartedEventAttributes.SuggestContinueAsNew);
        await client.Connection.WorkflowService.RespondWorkflowTaskCompletedAsync(new() { TaskToken = task.TaskToken });
        for (var i = 0; i < 30; i++)
        {
            try
            {
                await handle.SignalAsync("s", []);
            }
            catch (Temporalio.Exceptions.RpcException e) when (e.Message == "Workflow history count exceeds limit.")
            {
                break;
            }
        }

        var failure = await Assert.ThrowsAsync<Temporalio.Exceptions.WorkflowFailedException>(() => handle.GetResultAsync());
        Assert.Equal("Workflow history count exceeds limit.", failure.InnerException!.Message);
    }

    [Fact]
    public async Task LongPolls_MoreThanAllowed_AreRefused()
    {
        await using var service = await EmbeddedTemporal.StartAsync(new() { MaximumLongPolls = 1 });
        var client = await QuietSdk.ConnectAsync(service.Address);
        using var stop = new CancellationTokenSource();
        var first = client.Connection.WorkflowService.PollWorkflowTaskQueueAsync(
            new() { Namespace = "default", TaskQueue = new() { Name = "q" } }, new() { CancellationToken = stop.Token, Retry = false });
        while (!service.Engine.Queues.All.Any(queue => queue.HasWaitingPoller))
        {
            await Task.Yield();
        }

        var refused = await Assert.ThrowsAsync<Temporalio.Exceptions.RpcException>(() => client.Connection.WorkflowService.PollActivityTaskQueueAsync(
            new() { Namespace = "default", TaskQueue = new() { Name = "q" } }, new() { Retry = false }));
        Assert.Equal(Temporalio.Exceptions.RpcException.StatusCode.ResourceExhausted, refused.Code);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => first);
    }

    [Theory]
    [InlineData(2, "--nonsense", "1")]
    [InlineData(2, "--listen")]
    [InlineData(1, "--listen", "nowhere")]
    [InlineData(2, "--search-attribute", "A=Nothing")]
    [InlineData(2, "--tls-cert", "cert.pem")]
    [InlineData(2, "backup", "--data", "a.db")]
    [InlineData(1, "backup", "--data", "/no/such.db", "--to", "/tmp/x.db")]
    [InlineData(1, "verify", "--data", "/no/such.db")]
    public async Task Command_BadArguments_EndsWithTheReason(int code, params string[] args)
    {
        var error = new StringWriter();
        Assert.Equal(code, await TemporalCommand.RunAsync(args, TextWriter.Null, error, TestContext.Current.CancellationToken));
        Assert.StartsWith("temporal: ", error.ToString(), StringComparison.Ordinal);
    }

    private static string NewFile() => Path.Combine(Directory.CreateTempSubdirectory("operations-").FullName, "t.db");

    /// <summary>A certificate of this machine, and the authority that clients have to trust for it.</summary>
    private static (X509Certificate2 Own, string Authority) Certificates()
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest("CN=authority", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var (from, to) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var authority = authorityRequest.CreateSelfSigned(from, to);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var own = request.Create(authority, from, to, [1, 2, 3, 4]);
        return (own.CopyWithPrivateKey(key), authority.ExportCertificatePem());
    }
}
