using Cronos;

namespace Ecosystem.Temporal.Executions;

/// <summary>A cron schedule of a workflow: five fields, a descriptor, or "@every" with a duration; optionally with a time zone.</summary>
internal sealed class CronSchedule
{
    private readonly CronExpression? _expression;
    private readonly TimeSpan _interval;
    private readonly TimeZoneInfo _zone = TimeZoneInfo.Utc;

    private CronSchedule(CronExpression? expression, TimeSpan interval, TimeZoneInfo zone) =>
        (_expression, _interval, _zone) = (expression, interval, zone);

    /// <summary>The schedule, or null if the text is none.</summary>
    public static CronSchedule? TryParse(string text)
    {
        var zone = TimeZoneInfo.Utc;
        text = text.Trim();
        foreach (var prefix in (string[])["CRON_TZ=", "TZ="])
        {
            if (text.StartsWith(prefix, StringComparison.Ordinal) && text.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space)
            {
                if (!TimeZoneInfo.TryFindSystemTimeZoneById(text[prefix.Length..space], out var found))
                {
                    return null;
                }

                zone = found;
                text = text[(space + 1)..].Trim();
            }
        }

        const string every = "@every ";
        if (text.StartsWith(every, StringComparison.Ordinal))
        {
            return GoDuration.TryParse(text[every.Length..].Trim(), out var interval)
                ? new CronSchedule(null, interval < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(Math.Floor(interval.TotalSeconds)), zone)
                : null;
        }

        return CronExpression.TryParse(text, CronFormat.Standard, out var expression) ? new CronSchedule(expression, default, zone) : null;
    }

    public static CronSchedule Parse(string text) => TryParse(text) ?? throw RpcErrors.InvalidArgument("invalid CronSchedule.");

    /// <summary>How long to wait from now on, so that the run follows the one that started at a time.</summary>
    public TimeSpan Backoff(DateTimeOffset start, DateTimeOffset now)
    {
        if (_expression is not null)
        {
            var next = _expression.GetNextOccurrence(start, _zone);
            while (next is { } past && past <= now)
            {
                next = _expression.GetNextOccurrence(past, _zone);
            }

            return next is { } time ? Ceiling(time - now) : TimeSpan.Zero;
        }

        var due = start + _interval;
        if (due < now)
        {
            var missed = Math.Ceiling((now - start) / _interval);
            due = start + (_interval * missed);
        }

        return due <= now ? _interval : Ceiling(due - now);
    }

    /// <summary>Whole seconds, as the server waits.</summary>
    private static TimeSpan Ceiling(TimeSpan wait) => TimeSpan.FromSeconds(Math.Ceiling(wait.TotalSeconds));
}
