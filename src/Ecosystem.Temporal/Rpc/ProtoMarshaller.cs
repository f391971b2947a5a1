namespace Ecosystem.Temporal.Rpc;

/// <summary>Reads and writes messages without copies. A request above gRPC's usual limit is refused in the words by which SDKs know that.</summary>
internal static class ProtoMarshaller<T>
    where T : class, IMessage<T>, new()
{
    private const int MaximumRequest = 4 * 1024 * 1024;

    private static readonly MessageParser<T> Parser = new(() => new T());

    public static Marshaller<T> Instance { get; } = new(
        static (message, context) =>
        {
            context.SetPayloadLength(message.CalculateSize());
            message.WriteTo(context.GetBufferWriter());
            context.Complete();
        },
        static context => context.PayloadLength > MaximumRequest
            ? throw new RpcException(new Status(
                StatusCode.ResourceExhausted,
                $"grpc: received message larger than max ({context.PayloadLength} vs. {MaximumRequest})"))
            : Parser.ParseFrom(context.PayloadAsReadOnlySequence()));
}
