using Grpc.AspNetCore.Server.Model;

namespace Ecosystem.Temporal.Rpc;

/// <summary>Answers grpc.health.v1.Health/Check: whoever is answered is served.</summary>
internal sealed class HealthMethodProvider : IServiceMethodProvider<HealthRpc>
{
    /// <summary>HealthCheckResponse { status: SERVING }.</summary>
    private static readonly byte[] Serving = [0x08, 0x01];

    private static readonly Marshaller<byte[]> Bytes = new(
        static (bytes, context) => context.Complete(bytes),
        static context => context.PayloadAsNewBuffer());

    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<HealthRpc> context)
    {
        var check = new Method<byte[], byte[]>(MethodType.Unary, "grpc.health.v1.Health", "Check", Bytes, Bytes);
        context.AddUnaryMethod(check, [], static (_, _, _) => Task.FromResult(Serving));
    }
}
