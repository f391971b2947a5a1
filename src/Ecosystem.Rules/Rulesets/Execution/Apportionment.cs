using System.Numerics;

namespace Ecosystem.Rules.Rulesets;

/// <summary>Pure arithmetic of allocations: weights, floors and caps to exact shares; shares to whole units by largest remainder.</summary>
internal static class Apportionment
{
    /// <summary>
    /// Shares that sum to exactly one: proportional to the weights wherever floor and cap allow it. The common factor λ with
    /// Σ clamp(λ·weight, floor, cap) = 1 is found exactly, walking the points at which a party reaches its floor or cap.
    /// </summary>
    /// <returns>The shares, or null when floors and caps leave no solution.</returns>
    public static Rational[]? Shares(IReadOnlyList<decimal> weights, IReadOnlyList<decimal>? floors, IReadOnlyList<decimal>? caps)
    {
        int n = weights.Count;
        var weight = new Rational[n];
        Rational total = Rational.Zero;
        for (int i = 0; i < n; i++)
        {
            weight[i] = weights[i];
            total += weight[i];
        }

        var plain = new Rational[n];
        bool inside = true;
        for (int i = 0; i < n; i++)
        {
            plain[i] = weight[i] / total;
            inside &= plain[i] >= Floor(floors, i) && plain[i] <= Cap(caps, i);
        }

        return inside ? plain : Solve(weight, floors, caps);
    }

    /// <summary>Whole units by largest remainder; ties go to the smaller key in ordinal order.</summary>
    public static BigInteger[] Units(Rational[] shares, IReadOnlyList<string> keys, BigInteger units)
    {
        bool negative = units.Sign < 0;
        BigInteger whole = BigInteger.Abs(units);
        var result = new BigInteger[shares.Length];
        var remainders = new (Rational Remainder, int Index)[shares.Length];
        BigInteger given = 0;
        for (int i = 0; i < shares.Length; i++)
        {
            BigInteger product = shares[i].Numerator * whole;
            result[i] = BigInteger.DivRem(product, shares[i].Denominator, out BigInteger rest);
            remainders[i] = (new Rational(rest, shares[i].Denominator), i);
            given += result[i];
        }

        if (given != whole)
        {
            Array.Sort(remainders, (a, b) =>
            {
                int order = b.Remainder.CompareTo(a.Remainder);
                return order != 0 ? order : string.CompareOrdinal(keys[a.Index], keys[b.Index]);
            });
            for (int i = 0; given < whole; i++, given++)
            {
                result[remainders[i].Index]++;
            }
        }

        if (negative)
        {
            for (int i = 0; i < result.Length; i++)
            {
                result[i] = -result[i];
            }
        }

        return result;
    }

    private static Rational Floor(IReadOnlyList<decimal>? floors, int i) => floors is null ? Rational.Zero : (Rational)floors[i] / 100m;

    private static Rational Cap(IReadOnlyList<decimal>? caps, int i) => caps is null ? Rational.One : (Rational)caps[i] / 100m;

    private static Rational[]? Solve(Rational[] weight, IReadOnlyList<decimal>? floors, IReadOnlyList<decimal>? caps)
    {
        int n = weight.Length;
        var floor = new Rational[n];
        var cap = new Rational[n];
        var points = new List<Rational> { Rational.Zero };
        for (int i = 0; i < n; i++)
        {
            (floor[i], cap[i]) = (Floor(floors, i), Cap(caps, i));
            if (weight[i] > Rational.Zero)
            {
                points.Add(floor[i] / weight[i]);
                points.Add(cap[i] / weight[i]);
            }
        }

        points.Sort();
        if (Sum(Rational.Zero) > Rational.One || Sum(points[^1]) < Rational.One)
        {
            return null;
        }

        Rational low = Rational.Zero, lowSum = Sum(low);
        foreach (Rational point in points)
        {
            Rational sum = Sum(point);
            if (sum < Rational.One)
            {
                (low, lowSum) = (point, sum);
                continue;
            }

            // Between two points the sum grows evenly, so the factor lies where the straight line crosses one.
            Rational factor = sum == lowSum ? point : low + ((point - low) * (Rational.One - lowSum) / (sum - lowSum));
            return Clamp(factor);
        }

        return null;

        Rational Sum(Rational factor)
        {
            Rational sum = Rational.Zero;
            foreach (Rational share in Clamp(factor))
            {
                sum += share;
            }

            return sum;
        }

        Rational[] Clamp(Rational factor)
        {
            var shares = new Rational[n];
            for (int i = 0; i < n; i++)
            {
                Rational share = weight[i] * factor;
                shares[i] = share < floor[i] ? floor[i] : share > cap[i] ? cap[i] : share;
            }

            return shares;
        }
    }
}
