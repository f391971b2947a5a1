using System.Numerics;

namespace Ecosystem.Workflows;

/// <summary>
/// Divides a whole number of coins (or of hundredths of a percent) in proportion to weights so that the parts sum to it exactly
/// (Hamilton's method). Exact: weights are taken as integers over one power of ten, never as binary fractions.
/// </summary>
public static class LargestRemainder
{
    /// <summary>Divides <paramref name="total"/> coins.</summary>
    /// <param name="total">A whole number; may be negative, then every part is.</param>
    /// <param name="weights">The weights: none negative, at least one above zero.</param>
    /// <returns>One whole number per weight, in the same order; ties go to the earlier part.</returns>
    /// <exception cref="ArgumentException">The total is not whole, a weight is negative, or none is above zero.</exception>
    public static IReadOnlyList<decimal> Divide(decimal total, IReadOnlyList<decimal> weights)
    {
        if (total != decimal.Truncate(total))
        {
            throw new ArgumentException($"The total {total} is not a whole number.", nameof(total));
        }

        var scale = weights.Count == 0 ? 0 : weights.Max(weight => weight.Scale);
        return [.. Divide(new BigInteger(total), [.. weights.Select(weight => ToInteger(weight, scale))]).Select(part => (decimal)part)];
    }

    /// <summary>Divides <paramref name="total"/> coins by weights of any size.</summary>
    /// <param name="total">May be negative, then every part is.</param>
    /// <param name="weights">The weights: none negative, at least one above zero.</param>
    /// <returns>One whole number per weight, in the same order; ties go to the earlier part.</returns>
    /// <exception cref="ArgumentException">A weight is negative, or none is above zero.</exception>
    public static IReadOnlyList<BigInteger> Divide(BigInteger total, IReadOnlyList<BigInteger> weights)
    {
        var sum = BigInteger.Zero;
        foreach (var weight in weights)
        {
            if (weight.Sign < 0)
            {
                throw new ArgumentException($"The weight {weight} is negative; weights must be zero or more.", nameof(weights));
            }

            sum += weight;
        }

        if (sum.IsZero)
        {
            throw new ArgumentException("No weight is above zero, so there is nobody to give a share to.", nameof(weights));
        }

        var sign = total.Sign < 0 ? BigInteger.MinusOne : BigInteger.One;
        var parts = new BigInteger[weights.Count];
        var remainders = new BigInteger[weights.Count];
        var left = total * sign;
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = BigInteger.DivRem(total * sign * weights[i], sum, out remainders[i]);
            left -= parts[i];
        }

        foreach (var index in Enumerable.Range(0, parts.Length).OrderByDescending(i => remainders[i]).ThenBy(i => i).Take((int)left))
        {
            parts[index] += BigInteger.One;
        }

        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] *= sign;
        }

        return parts;
    }

    private static BigInteger ToInteger(decimal weight, int scale)
    {
        // A decimal is an integer over 10^Scale; bring all weights to the largest scale.
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(weight, bits);
        var mantissa = ((BigInteger)(uint)bits[2] << 64) | ((BigInteger)(uint)bits[1] << 32) | (uint)bits[0];
        return (bits[3] < 0 ? -mantissa : mantissa) * BigInteger.Pow(10, scale - weight.Scale);
    }
}
