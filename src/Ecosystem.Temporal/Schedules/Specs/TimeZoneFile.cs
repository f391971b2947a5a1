using System.Buffers.Binary;
using System.Text;
using NodaTime;

namespace Ecosystem.Temporal.Schedules.Specs;

/// <summary>
/// A time zone from the contents of a compiled zone file (RFC 9636, versions 1 to 4), which a schedule may bring along instead of a name. Immutable.
/// </summary>
internal sealed class TimeZoneFile : DateTimeZone
{
    private const int HeaderLength = 44;
    private readonly List<(Instant At, Offset Offset)> _transitions;
    private readonly Offset _first;

    private TimeZoneFile(string id, Offset first, List<(Instant At, Offset Offset)> transitions)
        : base(
            id.Length == 0 ? "file" : id,
            transitions.Count == 0,
            transitions.Select(transition => transition.Offset).Append(first).Min(),
            transitions.Select(transition => transition.Offset).Append(first).Max())
    {
        _first = first;
        _transitions = transitions;
    }

    /// <summary>Reads a zone.</summary>
    /// <param name="id">What the zone is called.</param>
    /// <param name="data">The file's bytes.</param>
    /// <exception cref="ScheduleSpecException">They are no zone file.</exception>
    public static TimeZoneFile Read(string id, ReadOnlySpan<byte> data)
    {
        try
        {
            var counts = Counts(data);
            var rest = data[HeaderLength..];
            if (data[4] == 0)
            {
                return Read(id, rest, counts, sizeof(int), out _);
            }

            // What follows is the same again with times of 64 bits, and behind it the rule for all later years.
            data = rest[counts.Length(sizeof(int))..];
            counts = Counts(data);
            var zone = Read(id, data[HeaderLength..], counts, sizeof(long), out var last);
            var footer = Encoding.ASCII.GetString(data[(HeaderLength + counts.Length(sizeof(long)))..]).Trim('\n');
            if (footer.Length > 0)
            {
                zone._transitions.AddRange(TimeZoneRule.Parse(footer).After(last));
                return new TimeZoneFile(id, zone._first, zone._transitions);
            }

            return zone;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or IndexOutOfRangeException or OverflowException)
        {
            throw new ScheduleSpecException("malformed time zone information");
        }
    }

    public override NodaTime.TimeZones.ZoneInterval GetZoneInterval(Instant instant)
    {
        var after = _transitions.BinarySearch((instant, Offset.MaxValue), Comparer<(Instant At, Offset Offset)>.Create(static (a, b) =>
            a.At != b.At ? a.At.CompareTo(b.At) : a.Offset.CompareTo(b.Offset)));
        var next = after < 0 ? ~after : after + 1;
        return new NodaTime.TimeZones.ZoneInterval(
            Id,
            next == 0 ? null : _transitions[next - 1].At,
            next == _transitions.Count ? null : _transitions[next].At,
            next == 0 ? _first : _transitions[next - 1].Offset,
            Offset.Zero);
    }

    private static FileCounts Counts(ReadOnlySpan<byte> header)
    {
        if (!header.StartsWith("TZif"u8))
        {
            throw new FormatException();
        }

        return new FileCounts(
            BinaryPrimitives.ReadInt32BigEndian(header[20..]),
            BinaryPrimitives.ReadInt32BigEndian(header[24..]),
            BinaryPrimitives.ReadInt32BigEndian(header[28..]),
            BinaryPrimitives.ReadInt32BigEndian(header[32..]),
            BinaryPrimitives.ReadInt32BigEndian(header[36..]),
            BinaryPrimitives.ReadInt32BigEndian(header[40..]));
    }

    private static TimeZoneFile Read(string id, ReadOnlySpan<byte> data, FileCounts counts, int timeSize, out Instant last)
    {
        var indexes = data.Slice(counts.Times * timeSize, counts.Times);
        var types = data.Slice(counts.Times * (timeSize + 1), counts.Types * 6);
        var transitions = new List<(Instant, Offset)>();
        last = Instant.MinValue;
        for (var i = 0; i < counts.Times; i++)
        {
            var seconds = timeSize == sizeof(int)
                ? BinaryPrimitives.ReadInt32BigEndian(data[(i * timeSize)..])
                : BinaryPrimitives.ReadInt64BigEndian(data[(i * timeSize)..]);

            // Files may begin with the big bang.
            last = Instant.FromUnixTimeSeconds(Math.Max(seconds, Instant.FromUtc(1, 1, 1, 0, 0).ToUnixTimeSeconds()));
            transitions.Add((last, OffsetOf(types, indexes[i])));
        }

        return new TimeZoneFile(id, OffsetOf(types, 0), transitions);
    }

    private static Offset OffsetOf(ReadOnlySpan<byte> types, int index) => Offset.FromSeconds(BinaryPrimitives.ReadInt32BigEndian(types[(index * 6)..]));

    /// <summary>How much of each sort a block holds.</summary>
    private readonly record struct FileCounts(int UniversalMarks, int StandardMarks, int LeapSeconds, int Times, int Types, int Letters)
    {
        public int Length(int timeSize) => checked((Times * (timeSize + 1)) + (Types * 6) + Letters + (LeapSeconds * (timeSize + 4)) + StandardMarks + UniversalMarks);
    }
}
