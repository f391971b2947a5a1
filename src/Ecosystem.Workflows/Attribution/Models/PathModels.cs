namespace Ecosystem.Workflows.Attribution.Models;

/// <summary>
/// The models that divide one path. Pure functions of touches, model and options; the shares are exact fractions that sum to one.
/// A bucket that is empty is left out and the others are scaled; where two anchors fall on one touch their weights add up.
/// </summary>
public static class PathModels
{
    /// <summary>The share of every touch.</summary>
    /// <param name="model">A model that looks at one path: not Shapley, Markov or Rules.</param>
    /// <param name="touches">The touches in order, first touch first.</param>
    /// <param name="options">What else is known.</param>
    /// <returns>One share per touch, in the same order; empty when no touch has a confidence above zero.</returns>
    /// <exception cref="ArgumentException">The model does not look at one path, a position lies outside the path, or the half-life is not above zero.</exception>
    public static IReadOnlyList<Fraction> Shares(AttributionModel model, IReadOnlyList<PathTouch> touches, PathOptions? options = null)
    {
        options ??= PathOptions.Default;
        CheckPosition(options.LeadTouch, touches.Count, nameof(options.LeadTouch));
        CheckPosition(options.OpportunityTouch, touches.Count, nameof(options.OpportunityTouch));
        if (touches.Count == 0)
        {
            return [];
        }

        var last = touches.Count - 1;
        var weights = model switch
        {
            AttributionModel.First => Anchored(touches.Count, [(0, 1)], 0),
            AttributionModel.Last => Anchored(touches.Count, [(last, 1)], 0),
            AttributionModel.Linear => [.. Enumerable.Repeat(Fraction.One, touches.Count)],
            AttributionModel.U => Anchored(touches.Count, [(0, 40), (options.LeadTouch ?? last, 40)], 20),
            AttributionModel.W => Anchored(touches.Count, [(0, 30), (options.LeadTouch, 30), (options.OpportunityTouch, 30)], 10),
            AttributionModel.Full => Anchored(touches.Count, [(0, 22.5m), (options.LeadTouch, 22.5m), (options.OpportunityTouch, 22.5m), (last, 22.5m)], 10),
            AttributionModel.J => Anchored(touches.Count, [(0, 20), (last, 60)], 20),
            AttributionModel.InverseJ => Anchored(touches.Count, [(0, 60), (last, 20)], 20),
            AttributionModel.TimeDecay => Decayed(touches, options.HalfLifeDays),
            _ => throw new ArgumentException($"The model {model} does not look at one path.", nameof(model)),
        };
        return Normalised([.. weights.Select((weight, i) => weight * touches[i].Confidence)]);
    }

    /// <summary>Adds the shares of touches up by channel.</summary>
    /// <param name="touches">The touches.</param>
    /// <param name="shares">Their shares.</param>
    /// <returns>The share of every channel that has one, in the order of first appearance.</returns>
    public static IReadOnlyList<(string Channel, Fraction Share)> ByChannel(IReadOnlyList<PathTouch> touches, IReadOnlyList<Fraction> shares)
    {
        List<(string Channel, Fraction Share)> result = [];
        for (var i = 0; i < shares.Count; i++)
        {
            var at = result.FindIndex(entry => entry.Channel == touches[i].Channel);
            if (at < 0)
            {
                result.Add((touches[i].Channel, shares[i]));
            }
            else
            {
                result[at] = (touches[i].Channel, result[at].Share + shares[i]);
            }
        }

        result.RemoveAll(entry => entry.Share.IsZero);
        return result;
    }

    /// <summary>Divides an amount by shares, in whole coins, by largest remainder; ties go to the earlier share.</summary>
    /// <param name="amount">The amount, in whole coins.</param>
    /// <param name="shares">Shares that sum to one.</param>
    /// <returns>One part per share; they sum to the amount exactly.</returns>
    public static IReadOnlyList<Money> Divide(Money amount, IReadOnlyList<Fraction> shares)
    {
        var common = shares.Aggregate(System.Numerics.BigInteger.One, (so, share) => so / System.Numerics.BigInteger.GreatestCommonDivisor(so, share.Denominator) * share.Denominator);
        var unit = (decimal)System.Numerics.BigInteger.Pow(10, amount.Currency.MinorUnits);
        if (amount.Rounded() != amount)
        {
            throw new ArgumentException($"{amount} has fractions of a coin; round it before dividing it.", nameof(amount));
        }

        var parts = LargestRemainder.Divide(
            new System.Numerics.BigInteger(amount.Amount * unit),
            [.. shares.Select(share => share.Numerator * (common / share.Denominator))]);
        return [.. parts.Select(part => new Money((decimal)part / unit, amount.Currency))];
    }

    /// <summary>Scales weights so that they sum to one; empty when all are zero.</summary>
    internal static IReadOnlyList<Fraction> Normalised(IReadOnlyList<Fraction> weights)
    {
        var sum = weights.Aggregate(Fraction.Zero, (so, weight) => so + weight);
        return sum.IsZero ? [] : [.. weights.Select(weight => weight / sum)];
    }

    private static Fraction[] Anchored(int count, IReadOnlyList<(int? Position, Fraction Weight)> anchors, Fraction rest)
    {
        var weights = new Fraction[count];
        foreach (var (position, weight) in anchors)
        {
            if (position is { } at)
            {
                weights[at] += weight;
            }
        }

        int[] others = [.. Enumerable.Range(0, count).Where(i => weights[i].IsZero)];
        foreach (var i in others)
        {
            weights[i] = rest / others.Length;
        }

        return weights;
    }

    private static Fraction[] Decayed(IReadOnlyList<PathTouch> touches, decimal halfLife)
    {
        if (halfLife <= 0m)
        {
            throw new ArgumentException($"A half-life of {halfLife} days is not possible; it must be above zero.", nameof(halfLife));
        }

        // The nearest touch weighs 1: the common factor falls out, and no weight gets so small that it is lost.
        var nearest = touches.Min(touch => touch.DaysBefore);
        return [.. touches.Select(touch => PowerOfHalf((touch.DaysBefore - nearest) / halfLife))];
    }

    // 2^-x: the whole part exactly, the rest to the 28 digits of a decimal by the exponential series.
    internal static Fraction PowerOfHalf(decimal x)
    {
        var whole = (int)decimal.Truncate(Math.Min(x, 4000m));
        var rest = (x - decimal.Truncate(x)) * 0.6931471805599453094172321215m;
        var (sum, term) = (1m, 1m);
        for (var n = 1; n < 60 && term != 0m; n++)
        {
            term *= -rest / n;
            sum += term;
        }

        return (Fraction)sum / new Fraction(System.Numerics.BigInteger.One << whole, 1);
    }

    private static void CheckPosition(int? position, int count, string name)
    {
        if (position is { } at && (at < 0 || at >= count))
        {
            throw new ArgumentException($"{name} is {at}, but the path has the positions 0 to {count - 1}.", nameof(position));
        }
    }
}
