namespace Ecosystem.Temporal.Executions;

/// <summary>What a worker hands back to say which task it answers.</summary>
internal sealed record TaskToken(
    string Namespace,
    string WorkflowId,
    string RunId,
    long ScheduledEventId,
    long StartedEventId,
    int Attempt,
    int Stamp,
    string QueryId,
    string ActivityId = "")
{
    /// <summary>True if it is an activity's that has no workflow.</summary>
    public bool IsStandalone => ActivityId.Length > 0;

    private const byte Version = 8;

    public ByteString ToByteString()
    {
        using var stream = new MemoryStream(96);
        using var writer = new BinaryWriter(stream);
        writer.Write(Version);
        writer.Write(Namespace);
        writer.Write(WorkflowId);
        writer.Write(RunId);
        writer.Write7BitEncodedInt64(ScheduledEventId);
        writer.Write7BitEncodedInt64(StartedEventId);
        writer.Write7BitEncodedInt(Attempt);
        writer.Write7BitEncodedInt(Stamp);
        writer.Write(QueryId);
        writer.Write(ActivityId);
        writer.Flush();
        return UnsafeByteOperations.UnsafeWrap(stream.ToArray());
    }

    /// <exception cref="RpcException">INVALID_ARGUMENT if it is empty or was not made by this service.</exception>
    public static TaskToken Parse(ByteString token)
    {
        if (token.IsEmpty)
        {
            throw RpcErrors.InvalidArgument("Task token not set on request.");
        }

        try
        {
            using var reader = new BinaryReader(new MemoryStream(token.ToByteArray()));
            if (reader.ReadByte() == Version)
            {
                return new TaskToken(
                    reader.ReadString(),
                    reader.ReadString(),
                    reader.ReadString(),
                    reader.Read7BitEncodedInt64(),
                    reader.Read7BitEncodedInt64(),
                    reader.Read7BitEncodedInt(),
                    reader.Read7BitEncodedInt(),
                    reader.ReadString(),
                    reader.ReadString());
            }
        }
        catch (Exception e) when (e is IOException or FormatException)
        {
            // Reported below, as for a token of another service.
        }

        throw RpcErrors.InvalidArgument("Error deserializing task token.");
    }
}
