using System.Reflection;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Net.Client;

namespace Ecosystem.Temporal.Tests.Wire;

/// <summary>Calls any unary method of Temporal's services by name, with requests and answers as proto JSON.</summary>
internal sealed class WireClient : IDisposable
{
    private static readonly Dictionary<string, Type> ServiceReflections = new(StringComparer.Ordinal)
    {
        ["WorkflowService"] = typeof(Temporalio.Api.WorkflowService.V1.ServiceReflection),
        ["OperatorService"] = typeof(Temporalio.Api.OperatorService.V1.ServiceReflection),
        ["TestService"] = typeof(Temporalio.Api.TestService.V1.ServiceReflection),
    };

    private static readonly MethodInfo InvokeMethod = typeof(WireClient).GetMethod(nameof(InvokeAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    private readonly GrpcChannel _channel;

    public WireClient(string address) =>
        _channel = GrpcChannel.ForAddress("http://" + address, new GrpcChannelOptions { MaxReceiveMessageSize = null, MaxSendMessageSize = null });

    /// <summary>All message types of the API, for the Any fields of updates and the details of errors.</summary>
    public static TypeRegistry Types { get; } = TypeRegistry.FromFiles(
        [.. ServiceReflections.Values.Select(Descriptor), Temporalio.Api.ErrorDetails.V1.MessageReflection.Descriptor, Temporalio.Api.Update.V1.MessageReflection.Descriptor]);

    /// <summary>The method that a scenario calls <c>Service.Method</c>.</summary>
    public static MethodDescriptor Method(string call)
    {
        var parts = call.Split('.');
        return Descriptor(ServiceReflections[parts[0]]).Services[0].FindMethodByName(parts[1])
            ?? throw new InvalidOperationException($"The pinned protos do not know {call}.");
    }

    /// <summary>Makes a call.</summary>
    /// <returns>The answer.</returns>
    /// <exception cref="RpcException">The call failed.</exception>
    public async Task<IMessage> CallAsync(MethodDescriptor method, IMessage request, TimeSpan deadline)
    {
        var call = InvokeMethod.MakeGenericMethod(method.InputType.ClrType, method.OutputType.ClrType);
        return await (Task<IMessage>)call.Invoke(null, [_channel.CreateCallInvoker(), method, request, DateTime.UtcNow + deadline])!;
    }

    public void Dispose() => _channel.Dispose();

    private static FileDescriptor Descriptor(Type reflection) =>
        (FileDescriptor)reflection.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;

    private static async Task<IMessage> InvokeAsync<TRequest, TResponse>(CallInvoker invoker, MethodDescriptor method, TRequest request, DateTime deadline)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>, new()
    {
        var parser = new MessageParser<TResponse>(() => new TResponse());
        var grpcMethod = new Method<TRequest, TResponse>(
            MethodType.Unary,
            method.Service.FullName,
            method.Name,
            Marshallers.Create<TRequest>(message => message.ToByteArray(), _ => throw new NotSupportedException()),
            Marshallers.Create<TResponse>(_ => throw new NotSupportedException(), data => parser.ParseFrom(data)));
        using var call = invoker.AsyncUnaryCall(grpcMethod, null, new CallOptions(deadline: deadline), request);
        return await call.ResponseAsync;
    }
}
