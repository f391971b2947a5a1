using Grpc.AspNetCore.Server.Model;

namespace Ecosystem.Temporal.Rpc;

/// <summary>grpc.health.v1.Health (https://github.com/grpc/grpc/blob/master/doc/health-checking.md) for the service as a whole and each of its parts.</summary>
internal sealed class HealthMethodProvider(ServiceHealth health, IReadOnlySet<string> services) : IServiceMethodProvider<HealthRpc>
{
    private static readonly TimeSpan WatchPause = TimeSpan.FromSeconds(1);

    private static readonly Marshaller<byte[]> Bytes = new(
        static (bytes, context) => context.Complete(bytes),
        static context => context.PayloadAsNewBuffer());

    private enum Status : byte
    {
        Serving = 1,
        NotServing = 2,
        ServiceUnknown = 3,
    }

    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<HealthRpc> context)
    {
        const string service = "grpc.health.v1.Health";
        context.AddUnaryMethod(
            new Method<byte[], byte[]>(MethodType.Unary, service, "Check", Bytes, Bytes),
            [],
            (_, request, _) => StatusOf(request) is var status and not Status.ServiceUnknown
                ? Task.FromResult(Response(status))
                : throw RpcErrors.Create(StatusCode.NotFound, "unknown service"));
        context.AddServerStreamingMethod(
            new Method<byte[], byte[]>(MethodType.ServerStreaming, service, "Watch", Bytes, Bytes),
            [],
            (_, request, responses, call) => WatchAsync(request, responses, call.CancellationToken));
    }

    private async Task WatchAsync(byte[] request, IServerStreamWriter<byte[]> responses, CancellationToken cancel)
    {
        Status? told = null;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, health.Stopping);
        while (!cancel.IsCancellationRequested)
        {
            var status = StatusOf(request);
            if (status != told)
            {
                await responses.WriteAsync(Response(status), CancellationToken.None);
                told = status;
            }

            if (health.Stopping.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(WatchPause, either.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    private Status StatusOf(byte[] request)
    {
        var name = "";
        var input = new CodedInputStream(request);
        while (input.ReadTag() is var tag and not 0)
        {
            if (tag == WireFormat.MakeTag(1, WireFormat.WireType.LengthDelimited))
            {
                name = input.ReadString();
            }
            else
            {
                input.SkipLastField();
            }
        }

        return name.Length > 0 && !services.Contains(name) ? Status.ServiceUnknown
            : health.Problem is null ? Status.Serving
            : Status.NotServing;
    }

    /// <summary>HealthCheckResponse { status }.</summary>
    private static byte[] Response(Status status) => [0x08, (byte)status];
}
