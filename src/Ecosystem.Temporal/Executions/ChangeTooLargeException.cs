namespace Ecosystem.Temporal.Executions;

/// <summary>A completed workflow task brings more events than one change of a run may.</summary>
internal sealed class ChangeTooLargeException(long bytes, long limit) : Exception($"transaction size of {bytes} bytes exceeds limit of {limit} bytes")
{
    /// <summary>The message, as the event that ends the run carries it.</summary>
    public Payloads Details => new()
    {
        Payloads_ =
        {
            new Payload
            {
                Metadata = { ["encoding"] = ByteString.CopyFromUtf8("json/plain") },
                Data = ByteString.CopyFromUtf8($"\"{Message}\""),
            },
        },
    };

    public static void ThrowIf(long bytes, long limit)
    {
        if (bytes > limit)
        {
            throw new ChangeTooLargeException(bytes, limit);
        }
    }
}
