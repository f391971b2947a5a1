using System.Collections;
using Google.Protobuf.Reflection;

namespace Ecosystem.Temporal.Rpc;

/// <summary>Looks for times and durations in a request that are outside what their types allow (protobuf's well-known types).</summary>
internal static class TimeFields
{
    private const long FirstSecond = -62_135_596_800;
    private const long LastSecond = 253_402_300_799;
    private const long LongestDuration = 315_576_000_000;
    private const int NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Where the first such field is, as a path of field names; null if there is none.</summary>
    public static string? FirstInvalid(IMessage message)
    {
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            var isMessageMap = field.IsMap && field.MessageType.FindFieldByName("value").FieldType == FieldType.Message;
            if ((field.FieldType != FieldType.Message && !isMessageMap) || (field.IsMap && !isMessageMap) || field.Accessor.GetValue(message) is not { } value)
            {
                continue;
            }

            IEnumerable values = value switch
            {
                IDictionary map => map.Values,
                IList list => list,
                _ => new[] { value },
            };
            foreach (IMessage inner in values)
            {
                if (Inside(inner) is { } path)
                {
                    return path.Length == 0 ? field.Name : $"{field.Name}.{path}";
                }
            }
        }

        return null;
    }

    private static string? Inside(IMessage message) => message switch
    {
        Timestamp time => time.Seconds is < FirstSecond or > LastSecond || time.Nanos is < 0 or >= NanosecondsPerSecond ? "" : null,
        Duration duration => duration.Seconds is < -LongestDuration or > LongestDuration || duration.Nanos is <= -NanosecondsPerSecond or >= NanosecondsPerSecond
            || (long)Math.Sign(duration.Seconds) * Math.Sign(duration.Nanos) < 0 ? "" : null,
        _ => FirstInvalid(message),
    };
}
