using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace Ecosystem.Workflows.Tasks.Calendars;

/// <summary>A country or a part of one with its public holidays, worked out from the rules in <c>holidays.txt</c>. Safe for use by many threads.</summary>
internal sealed class HolidayRegion
{
    private static readonly Lazy<FrozenDictionary<string, HolidayRegion>> Shipped = new(Read);
    private readonly ConcurrentDictionary<int, FrozenDictionary<DateOnly, string>> years = new();
    private readonly IReadOnlyList<HolidayRule> rules;

    private HolidayRegion(string code, string name, string zone, IReadOnlyList<HolidayRule> rules) => (Code, Name, Zone, this.rules) = (code, name, zone, rules);

    /// <summary>All regions, by ISO 3166 code (<c>DE</c>, <c>DE-BY</c>); upper and lower case are the same.</summary>
    internal static IReadOnlyDictionary<string, HolidayRegion> All => Shipped.Value;

    internal string Code { get; }

    internal string Name { get; }

    /// <summary>IANA time zone of the region, or of its seat of government.</summary>
    internal string Zone { get; }

    /// <summary>Name of the holiday on a day, or null when it is none. A day off in place of a holiday has that holiday's name.</summary>
    internal string? HolidayOn(DateOnly day) => In(day.Year).GetValueOrDefault(day);

    /// <summary>The holidays of a year, days off in their place included.</summary>
    internal FrozenDictionary<DateOnly, string> In(int year) => years.GetOrAdd(year, Work);

    private FrozenDictionary<DateOnly, string> Work(int year)
    {
        var days = new Dictionary<DateOnly, string>();
        var own = new List<(DateOnly Day, HolidayRule Rule)>();

        // The neighbours too: a New Year's Day on a Saturday gives the last day of the year before off.
        for (var y = year - 1; y <= year + 1; y++)
        {
            own.AddRange(rules.Select(rule => (Day: rule.In(y), Rule: rule)).Where(pair => pair.Day is not null).Select(pair => (pair.Day!.Value, pair.Rule)));
        }

        foreach (var (day, rule) in own)
        {
            days.TryAdd(day, rule.Name);
        }

        foreach (var (day, rule) in own)
        {
            if (rule.Observed && day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
            {
                days.TryAdd(day.AddDays(day.DayOfWeek == DayOfWeek.Saturday ? -1 : 1), rule.Name);
            }
            else if (rule.Substitute && (IsWeekend(day) || days[day] != rule.Name))
            {
                var free = day.AddDays(1);
                while (IsWeekend(free) || days.ContainsKey(free))
                {
                    free = free.AddDays(1);
                }

                days.Add(free, rule.Name);
            }
        }

        return days.Where(pair => pair.Key.Year == year).ToFrozenDictionary();
    }

    private static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private static FrozenDictionary<string, HolidayRegion> Read()
    {
        using var stream = typeof(HolidayRegion).Assembly.GetManifestResourceStream("holidays.txt")!;
        using var reader = new StreamReader(stream);
        var regions = new Dictionary<string, HolidayRegion>(StringComparer.OrdinalIgnoreCase);
        List<HolidayRule> rules = [];
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (line[0] != '[')
            {
                rules.Add(HolidayRule.Parse(line));
                continue;
            }

            // "[DE Europe/Berlin] Germany" or "[DE-BY : DE] Bavaria"
            var end = line.IndexOf(']', StringComparison.Ordinal);
            var head = line[1..end].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var parent = head is [_, ":", var above, ..] ? regions[above] : null;
            rules = [.. parent?.rules ?? []];
            var zone = head[^1].Contains('/', StringComparison.Ordinal) ? head[^1] : parent!.Zone;
            regions.Add(head[0], new HolidayRegion(head[0], line[(end + 1)..].Trim(), zone, rules));
        }

        return regions.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
