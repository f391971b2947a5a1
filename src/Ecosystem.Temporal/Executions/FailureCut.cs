namespace Ecosystem.Temporal.Executions;

/// <summary>What the service keeps of failures that are too large.</summary>
internal static class FailureCut
{
    /// <summary>A failure of the service's own.</summary>
    public static Failure Server(string message, bool nonRetryable = true) => new()
    {
        Message = message,
        Source = "Server",
        ServerFailureInfo = new ServerFailureInfo { NonRetryable = nonRetryable },
    };

    /// <summary>Says that a failure was too large; its beginning becomes the cause.</summary>
    /// <param name="failure">What a worker reported.</param>
    /// <param name="size">Bytes of text that are kept.</param>
    /// <param name="nonRetryable">Whether this ends all attempts.</param>
    public static Failure TooLarge(Failure failure, int size, bool nonRetryable)
    {
        var result = Server("Failure exceeds size limit.", nonRetryable);
        result.Cause = Shorten(failure, size);
        return result;
    }

    /// <summary>The type, source, message and stack of a failure, in that order as far as they fit; details and causes are left out.</summary>
    private static Failure Shorten(Failure failure, int size)
    {
        var left = size;
        var result = new Failure();
        if (failure.ApplicationFailureInfo is { } application)
        {
            result.ApplicationFailureInfo = new ApplicationFailureInfo { NonRetryable = application.NonRetryable, Type = Take(application.Type) };
        }
        else if (failure.ServerFailureInfo is { } server)
        {
            result.ServerFailureInfo = new ServerFailureInfo { NonRetryable = server.NonRetryable };
        }

        result.Source = Take(failure.Source);
        result.Message = Take(failure.Message);
        result.StackTrace = Take(failure.StackTrace);
        return result;

        string Take(string text)
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(text);
            var length = Math.Clamp(left, 0, bytes.Length);
            while (length > 0 && length < bytes.Length && (bytes[length] & 0xC0) == 0x80)
            {
                // Not within a character.
                length--;
            }

            left -= length;
            return System.Text.Encoding.UTF8.GetString(bytes, 0, length);
        }
    }
}
