namespace Ecosystem.Rules.Feel;

internal static partial class FeelBuiltIns
{
    private const decimal MinScale = -6111;
    private const decimal MaxScale = 6176;

    private static IEnumerable<FeelBuiltIn> Numbers()
    {
        yield return Of("decimal", "n, scale", (run, a) => Rounded(run, a, "decimal", MidpointRounding.ToEven));
        yield return new FeelBuiltIn("floor", Way("n", (run, a) => Rounded(run, a, "floor", MidpointRounding.ToNegativeInfinity)), Way("n, scale", (run, a) => Rounded(run, a, "floor", MidpointRounding.ToNegativeInfinity)));
        yield return new FeelBuiltIn("ceiling", Way("n", (run, a) => Rounded(run, a, "ceiling", MidpointRounding.ToPositiveInfinity)), Way("n, scale", (run, a) => Rounded(run, a, "ceiling", MidpointRounding.ToPositiveInfinity)));
        yield return Of("round up", "n, scale", (run, a) => Rounded(run, a, "round up", null));
        yield return Of("round down", "n, scale", (run, a) => Rounded(run, a, "round down", MidpointRounding.ToZero));
        yield return Of("round half up", "n, scale", (run, a) => Rounded(run, a, "round half up", MidpointRounding.AwayFromZero));
        yield return Of("round half down", "n, scale", RoundHalfDown);
        yield return Of("abs", "n", Abs);
        yield return Of("modulo", "dividend, divisor", Modulo);
        yield return Of("sqrt", "number", (run, a) => Math1(run, a, "sqrt", FeelMath.Sqrt));
        yield return Of("log", "number", (run, a) => Math1(run, a, "log", FeelMath.Log));
        yield return Of("exp", "number", (run, a) => Math1(run, a, "exp", n => FeelMath.Exp(n)));
        yield return Of("odd", "number", (run, a) => TryNumber(a, 0, out var n) && IsWhole(n) ? FeelValue.Of(n % 2 != 0) : run.Fail("odd", "a whole number"));
        yield return Of("even", "number", (run, a) => TryNumber(a, 0, out var n) && IsWhole(n) ? FeelValue.Of(n % 2 == 0) : run.Fail("even", "a whole number"));
    }

    private static FeelValue Math1(FeelRun run, FeelValue[] a, string name, Func<decimal, decimal?> function) =>
        TryNumber(a, 0, out var n) && function(n) is { } result ? FeelValue.Of(result) : run.Fail(name, "a number it is defined for");

    private static FeelValue Rounded(FeelRun run, FeelValue[] a, string name, MidpointRounding? mode)
    {
        decimal scale = 0;
        if (!TryNumber(a, 0, out var n) || (a.Length > 1 && !TryNumber(a, 1, out scale)) || scale < MinScale || scale > MaxScale)
        {
            return run.Fail(name, "a number and a scale from -6111 to 6176");
        }

        return FeelValue.Of(Scale(n, decimal.Truncate(scale), mode));
    }

    /// <summary>Rounds at a decimal place; places beyond decimal's 28 leave the number as it is. No mode means away from zero.</summary>
    private static decimal Scale(decimal n, decimal scale, MidpointRounding? mode)
    {
        if (scale >= 28)
        {
            return n;
        }

        if (scale >= 0)
        {
            var direction = mode ?? (n < 0 ? MidpointRounding.ToNegativeInfinity : MidpointRounding.ToPositiveInfinity);
            return Math.Round(n, (int)scale, direction);
        }

        if (scale < -28)
        {
            return 0;
        }

        decimal unit = 1;
        for (var i = 0; i < -scale; i++)
        {
            unit *= 10;
        }

        return Scale(n / unit, 0, mode) * unit;
    }

    private static FeelValue RoundHalfDown(FeelRun run, FeelValue[] a)
    {
        if (!TryNumber(a, 0, out var n) || !TryNumber(a, 1, out var scale) || scale < MinScale || scale > MaxScale)
        {
            return run.Fail("round half down", "a number and a scale from -6111 to 6176");
        }

        scale = decimal.Truncate(scale);
        var down = Scale(n, scale, MidpointRounding.ToZero);
        var up = Scale(n, scale, null);
        return FeelValue.Of(Math.Abs(n - down) <= Math.Abs(up - n) ? down : up);
    }

    private static FeelValue Abs(FeelRun run, FeelValue[] a)
    {
        var value = Single(a[0]);
        return value.Kind switch
        {
            FeelKind.Number => FeelValue.Of(Math.Abs(value.Number)),
            FeelKind.DaysTime => FeelValue.Seconds(Math.Abs(value.Number)),
            FeelKind.YearsMonths => FeelValue.Months(Math.Abs(value.Number)),
            _ => run.Fail("abs", "a number or a duration"),
        };
    }

    private static FeelValue Modulo(FeelRun run, FeelValue[] a)
    {
        if (!TryNumber(a, 0, out var dividend) || !TryNumber(a, 1, out var divisor) || divisor == 0)
        {
            return run.Fail("modulo", "two numbers, the second not zero");
        }

        // The result has the sign of the divisor.
        var rest = dividend % divisor;
        return FeelValue.Of(rest != 0 && (rest < 0) != (divisor < 0) ? rest + divisor : rest);
    }
}
