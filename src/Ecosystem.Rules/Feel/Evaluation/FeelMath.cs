namespace Ecosystem.Rules.Feel;

/// <summary>Roots, powers, exponentials and logarithms in decimal, to about 27 digits. Null where there is no real result.</summary>
internal static class FeelMath
{
    private const decimal Ln2 = 0.6931471805599453094172321215m;
    private const decimal Ln10 = 2.3025850929940456840179914547m;

    public static decimal? Power(decimal value, decimal exponent)
    {
        if (exponent == decimal.Truncate(exponent) && Math.Abs(exponent) < 100_000)
        {
            return IntegerPower(value, (int)exponent);
        }

        if (value < 0)
        {
            return null;
        }

        if (value == 0)
        {
            return exponent > 0 ? 0 : null;
        }

        return Exp(exponent * Log(value)!.Value);
    }

    public static decimal? Sqrt(decimal value)
    {
        if (value < 0)
        {
            return null;
        }

        if (value == 0)
        {
            return 0;
        }

        var root = (decimal)Math.Sqrt((double)value);
        for (var i = 0; i < 4; i++)
        {
            root = (root + (value / root)) / 2;
        }

        // Perfect squares come out exact.
        var rounded = Math.Round(root, 12);
        return rounded * rounded == value ? Normal(rounded) : root;
    }

    public static decimal Exp(decimal value)
    {
        if (value > 66.5m)
        {
            throw new OverflowException();
        }

        if (value < -66m)
        {
            return 0;
        }

        var k = (int)Math.Round(value / Ln2);
        var rest = value - (k * Ln2);
        decimal term = 1;
        decimal sum = 1;
        for (var i = 1; i < 40 && term != 0; i++)
        {
            term = term * rest / i;
            sum += term;
        }

        for (; k > 0; k--)
        {
            sum *= 2;
        }

        for (; k < 0; k++)
        {
            sum /= 2;
        }

        return sum;
    }

    public static decimal? Log(decimal value)
    {
        if (value <= 0)
        {
            return null;
        }

        var tens = 0;
        while (value >= 10)
        {
            value /= 10;
            tens++;
        }

        while (value < 1)
        {
            value *= 10;
            tens--;
        }

        // Newton on exp(x) = value, started from the double's logarithm.
        var guess = (decimal)Math.Log((double)value);
        for (var i = 0; i < 3; i++)
        {
            var exp = Exp(guess);
            guess += 2 * (value - exp) / (value + exp);
        }

        return guess + (tens * Ln10);
    }

    private static decimal? IntegerPower(decimal value, int exponent)
    {
        if (exponent < 0)
        {
            return value == 0 ? null : InversePower(value, -exponent);
        }

        decimal result = 1;
        var square = value;
        while (true)
        {
            if ((exponent & 1) == 1)
            {
                result *= square;
            }

            exponent >>= 1;
            if (exponent == 0)
            {
                return result;
            }

            square *= square;
        }
    }

    private static decimal InversePower(decimal value, int exponent)
    {
        try
        {
            return 1 / IntegerPower(value, exponent)!.Value;
        }
        catch (OverflowException)
        {
            // The power is beyond the largest decimal, so its inverse is below the smallest.
            return 0;
        }
        catch (DivideByZeroException)
        {
            throw new OverflowException();
        }
    }

    private static decimal Normal(decimal value) => value / 1.0000000000000000000000000000m;
}
