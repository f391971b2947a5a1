using System.Reflection;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server.Model;

namespace Ecosystem.Temporal.Rpc;

/// <summary>Binds the methods of a service to their handlers, by the service's descriptor in the Temporalio assembly.</summary>
internal sealed class RpcMethodProvider<TService>(RpcHandlers handlers, RpcObserver observer, ServiceDescriptor descriptor) : IServiceMethodProvider<TService>
    where TService : class
{
    private static readonly MethodInfo Bind = typeof(RpcMethodProvider<TService>)
        .GetMethod(nameof(AddMethod), BindingFlags.Instance | BindingFlags.NonPublic)!;

    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<TService> context)
    {
        foreach (var method in descriptor.Methods)
        {
            Bind.MakeGenericMethod(method.InputType.ClrType, method.OutputType.ClrType).Invoke(this, [context, method]);
        }
    }

    private void AddMethod<TRequest, TResponse>(ServiceMethodProviderContext<TService> context, MethodDescriptor method)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        var handler = handlers.Get<TRequest, TResponse>(method.Name);
        var known = new RpcMethod(method);
        var grpc = new Method<TRequest, TResponse>(
            MethodType.Unary,
            descriptor.FullName,
            method.Name,
            ProtoMarshaller<TRequest>.Instance,
            ProtoMarshaller<TResponse>.Instance);
        context.AddUnaryMethod(grpc, [], (_, request, call) => observer.Observe(known, request, call, handler));
    }
}
