namespace Ecosystem.Temporal.Rpc;

/// <summary>Reads and writes messages without copies.</summary>
internal static class ProtoMarshaller<T>
    where T : class, IMessage<T>, new()
{
    private static readonly MessageParser<T> Parser = new(() => new T());

    public static Marshaller<T> Instance { get; } = new(
        static (message, context) =>
        {
            context.SetPayloadLength(message.CalculateSize());
            message.WriteTo(context.GetBufferWriter());
            context.Complete();
        },
        static context => Parser.ParseFrom(context.PayloadAsReadOnlySequence()));
}
