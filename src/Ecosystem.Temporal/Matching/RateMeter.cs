namespace Ecosystem.Temporal.Matching;

/// <summary>How many things happen a second, averaged over the last half minute. Not thread-safe.</summary>
internal sealed class RateMeter
{
    private const double Window = 30;

    private double _rate;
    private long _at = Environment.TickCount64;

    public void Record()
    {
        Decay();
        _rate += 1 / Window;
    }

    public float Rate
    {
        get
        {
            Decay();
            return (float)_rate;
        }
    }

    private void Decay()
    {
        var now = Environment.TickCount64;
        if (now != _at)
        {
            _rate *= Math.Exp((_at - now) / 1000d / Window);
            _at = now;
        }
    }
}
