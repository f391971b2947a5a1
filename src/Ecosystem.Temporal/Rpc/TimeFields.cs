using System.Collections;
using Google.Protobuf.Reflection;

namespace Ecosystem.Temporal.Rpc;

/// <summary>
/// Looks for times and durations in a request that are outside what their types allow (protobuf's well-known types). Every request is looked
/// through before it is handled, so that none is refused when half of it has happened; only the parts that can hold a time are.
/// </summary>
internal static class TimeFields
{
    private const long FirstSecond = -62_135_596_800;
    private const long LastSecond = 253_402_300_799;
    private const long LongestDuration = 315_576_000_000;
    private const int NanosecondsPerSecond = 1_000_000_000;

    /// <summary>By message type, the fields that are times or lead to some.</summary>
    private static readonly ConcurrentDictionary<MessageDescriptor, FieldDescriptor[]> Leads = new();

    /// <summary>Where the first such field is, as a path of field names; null if there is none.</summary>
    public static string? FirstInvalid(IMessage message)
    {
        foreach (var field in Leads.GetOrAdd(message.Descriptor, static type => [.. type.Fields.InFieldNumberOrder().Where(HasTimes)]))
        {
            var path = field.Accessor.GetValue(message) switch
            {
                null => null,
                IMessage inner => Inside(inner),
                IDictionary map => Inside(map.Values),
                var list => Inside((IEnumerable)list),
            };
            if (path is not null)
            {
                return path.Length == 0 ? field.Name : $"{field.Name}.{path}";
            }
        }

        return null;
    }

    private static bool HasTimes(FieldDescriptor field) => Reaches(field, []);

    private static bool Reaches(FieldDescriptor field, HashSet<MessageDescriptor> seen)
    {
        var type = field.IsMap ? field.MessageType.FindFieldByName("value") is { FieldType: FieldType.Message } value ? value.MessageType : null
            : field.FieldType == FieldType.Message ? field.MessageType : null;
        return type is not null
            && (type == Timestamp.Descriptor || type == Duration.Descriptor
                || (seen.Add(type) && type.Fields.InFieldNumberOrder().Any(inner => Reaches(inner, seen))));
    }

    private static string? Inside(IEnumerable messages)
    {
        foreach (IMessage message in messages)
        {
            if (Inside(message) is { } path)
            {
                return path;
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
