namespace Ecosystem.Temporal.Matching;

/// <summary>Lets so many tasks a second pass, in bursts of a second. Not thread-safe.</summary>
internal sealed class RateLimiter
{
    private double _tokens;
    private long _refilled;

    /// <summary>Tasks a second; null without a limit.</summary>
    public double? Rate { get; private set; }

    public void Set(double? rate)
    {
        if (rate != Rate)
        {
            Rate = rate;
            _tokens = Math.Max(1, rate ?? 1);
            _refilled = Environment.TickCount64;
        }
    }

    /// <summary>Whether a task may pass now.</summary>
    public bool TryTake()
    {
        if (Rate is not { } rate)
        {
            return true;
        }

        var now = Environment.TickCount64;
        _tokens = Math.Min(Math.Max(1, rate), _tokens + (rate * (now - _refilled) / 1000));
        _refilled = now;
        if (_tokens < 1)
        {
            return false;
        }

        _tokens--;
        return true;
    }
}
