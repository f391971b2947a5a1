using System.Numerics;

namespace Ecosystem.Workflows.Attribution.Models;

/// <summary>
/// The Shapley value of channels, where a coalition is worth the conversions of the journeys that use no channel outside it. For that
/// worth it is the sum over converting journeys of an equal share for each channel in it (Zhao, Mahboobi, Bagheri: "Shapley Value
/// Methods for Attribution Modeling", 2018), which needs one pass instead of all coalitions.
/// </summary>
public static class ShapleyModel
{
    /// <summary>The value of every channel, in conversions.</summary>
    /// <param name="journeys">The journeys.</param>
    /// <returns>Value by channel, in the order of first appearance; the values sum to the conversions.</returns>
    public static IReadOnlyList<(string Channel, Fraction Value)> Values(IReadOnlyList<Journey> journeys)
    {
        List<string> order = [];
        Dictionary<string, Fraction> values = new(StringComparer.Ordinal);
        foreach (var journey in journeys)
        {
            string[] members = [.. journey.Channels.Distinct(StringComparer.Ordinal)];
            foreach (var channel in members)
            {
                if (values.TryAdd(channel, Fraction.Zero))
                {
                    order.Add(channel);
                }

                values[channel] += (Fraction)journey.Conversions / members.Length;
            }
        }

        return [.. order.Select(channel => (channel, values[channel]))];
    }

    /// <summary>The same by definition, over all coalitions. For checking, and for at most 16 channels.</summary>
    /// <param name="journeys">The journeys.</param>
    /// <returns>Value by channel, in the order of first appearance.</returns>
    /// <exception cref="ArgumentException">There are more than 16 channels.</exception>
    public static IReadOnlyList<(string Channel, Fraction Value)> ValuesByDefinition(IReadOnlyList<Journey> journeys)
    {
        string[] channels = [.. journeys.SelectMany(journey => journey.Channels).Distinct(StringComparer.Ordinal)];
        if (channels.Length > 16)
        {
            throw new ArgumentException($"{channels.Length} channels have too many coalitions; at most 16 can be computed by definition.", nameof(journeys));
        }

        var worth = new Fraction[1 << channels.Length];
        foreach (var journey in journeys)
        {
            var members = journey.Channels.Aggregate(0, (mask, channel) => mask | (1 << Array.IndexOf(channels, channel)));
            for (var coalition = 0; coalition < worth.Length; coalition++)
            {
                if ((coalition & members) == members)
                {
                    worth[coalition] += journey.Conversions;
                }
            }
        }

        var factorials = new BigInteger[channels.Length + 1];
        factorials[0] = 1;
        for (var i = 1; i < factorials.Length; i++)
        {
            factorials[i] = factorials[i - 1] * i;
        }

        return [.. channels.Select((channel, i) => (channel, Value(i)))];

        Fraction Value(int channel)
        {
            var value = Fraction.Zero;
            for (var coalition = 0; coalition < worth.Length; coalition++)
            {
                if ((coalition & (1 << channel)) == 0)
                {
                    var size = BitOperations.PopCount((uint)coalition);
                    var weight = new Fraction(factorials[size] * factorials[channels.Length - size - 1], factorials[channels.Length]);
                    value += weight * (worth[coalition | (1 << channel)] - worth[coalition]);
                }
            }

            return value;
        }
    }
}
