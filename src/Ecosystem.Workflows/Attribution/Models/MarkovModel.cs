namespace Ecosystem.Workflows.Attribution.Models;

/// <summary>
/// Attribution by removal effects. Journeys, converting or not, make an absorbing chain whose states are the last channels, as many as the
/// order says; a journey shorter than the order is a state of its own. The removal effect of a channel is the share of the conversion
/// probability that is lost when every way through it fails; credit is a channel's effect over the sum of the effects.
/// Chains with up to 40 states are solved in exact fractions, larger ones in decimals to 24 places.
/// </summary>
public sealed class MarkovModel
{
    private const int ExactStates = 40;
    private readonly List<string> channels = [];
    private readonly List<int[]> states = [[]];
    private readonly List<Dictionary<int, decimal>> edges = [[]];
    private readonly List<(decimal Conversions, decimal Others)> ends = [(0m, 0m)];

    /// <summary>Builds the chain.</summary>
    /// <param name="journeys">The journeys.</param>
    /// <param name="order">How many channels back a state looks: 1 to 3.</param>
    /// <exception cref="ArgumentException">The order is out of range, a journey is empty, or a count is negative.</exception>
    public MarkovModel(IReadOnlyList<Journey> journeys, int order = 1)
    {
        if (order is < 1 or > 3)
        {
            throw new ArgumentException($"A chain of order {order} is not supported; the order must be 1, 2 or 3.", nameof(order));
        }

        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var journey in journeys)
        {
            if (journey.Channels.Count == 0 || journey.Conversions < 0m || journey.Others < 0m)
            {
                throw new ArgumentException("A journey needs at least one channel and counts of zero or more.", nameof(journeys));
            }

            var count = journey.Conversions + journey.Others;
            var path = new int[journey.Channels.Count];
            for (var i = 0; i < path.Length; i++)
            {
                if (!numbers.TryGetValue(journey.Channels[i], out path[i]))
                {
                    numbers[journey.Channels[i]] = path[i] = channels.Count;
                    channels.Add(journey.Channels[i]);
                }
            }

            var at = 0;
            for (var end = Math.Min(order, path.Length); end <= path.Length; end++)
            {
                var to = StateOf(path[Math.Max(0, end - order)..end], known);
                edges[at][to] = edges[at].GetValueOrDefault(to) + count;
                at = to;
            }

            ends[at] = (ends[at].Conversions + journey.Conversions, ends[at].Others + journey.Others);
        }
    }

    /// <summary>The channels, in the order of first appearance.</summary>
    public IReadOnlyList<string> Channels => channels;

    /// <summary>All edges that were seen, with their probabilities.</summary>
    /// <returns>The edges.</returns>
    public IReadOnlyList<MarkovTransition> Transitions()
    {
        List<MarkovTransition> all = [];
        for (var state = 0; state < states.Count; state++)
        {
            Fraction total = Total(state);
            var from = Names(state);
            all.AddRange(edges[state].Where(edge => edge.Value > 0m).Select(edge => new MarkovTransition(from, Names(edge.Key), null, (Fraction)edge.Value / total)));
            if (ends[state].Conversions > 0m)
            {
                all.Add(new MarkovTransition(from, [], true, (Fraction)ends[state].Conversions / total));
            }

            if (ends[state].Others > 0m)
            {
                all.Add(new MarkovTransition(from, [], false, (Fraction)ends[state].Others / total));
            }
        }

        return all;
    }

    /// <summary>How likely a journey converts.</summary>
    /// <param name="without">A channel through which no way leads any more, or null.</param>
    /// <returns>The probability.</returns>
    public Fraction ConversionProbability(string? without = null)
    {
        var removed = without is null ? -1 : channels.IndexOf(without);
        return states.Count <= ExactStates ? SolveExactly(removed) : Math.Round(SolveInDecimals(removed), 24);
    }

    /// <summary>The removal effect of every channel.</summary>
    /// <returns>Effect by channel, in the order of <see cref="Channels"/>; zeros when nothing converts.</returns>
    public IReadOnlyList<Fraction> RemovalEffects()
    {
        var all = ConversionProbability();
        return [.. channels.Select(channel => all.IsZero ? Fraction.Zero : Fraction.One - (ConversionProbability(channel) / all))];
    }

    /// <summary>The credit of every channel.</summary>
    /// <returns>Credit by channel, in the order of <see cref="Channels"/>; the credits sum to one, or there are none when nothing converts.</returns>
    public IReadOnlyList<Fraction> Credits() => PathModels.Normalised(RemovalEffects());

    private int StateOf(int[] tuple, Dictionary<string, int> known)
    {
        var key = string.Join(' ', tuple);
        if (!known.TryGetValue(key, out var state))
        {
            known[key] = state = states.Count;
            states.Add(tuple);
            edges.Add([]);
            ends.Add((0m, 0m));
        }

        return state;
    }

    private IReadOnlyList<string> Names(int state) => [.. states[state].Select(channel => channels[channel])];

    private decimal Total(int state) => edges[state].Values.Sum() + ends[state].Conversions + ends[state].Others;

    private bool Fails(int state, int removed) => removed >= 0 && Array.IndexOf(states[state], removed) >= 0;

    // Solves x = b + Px by elimination; the state that counts, the start, is eliminated last.
    private Fraction SolveExactly(int removed)
    {
        var count = states.Count;
        var rows = new Fraction[count][];
        for (var state = 0; state < count; state++)
        {
            rows[state] = new Fraction[count + 1];
            rows[state][state] = 1;
            var total = Total(state);
            if (total == 0m || Fails(state, removed))
            {
                continue;
            }

            rows[state][count] = (Fraction)ends[state].Conversions / total;
            foreach (var (to, weight) in edges[state])
            {
                if (!Fails(to, removed))
                {
                    rows[state][to] -= (Fraction)weight / total;
                }
            }
        }

        for (var pivot = count - 1; pivot > 0; pivot--)
        {
            for (var row = 0; row < pivot; row++)
            {
                if (rows[row][pivot].IsZero || rows[pivot][pivot].IsZero)
                {
                    continue;
                }

                var factor = rows[row][pivot] / rows[pivot][pivot];
                for (var column = 0; column < pivot; column++)
                {
                    if (!rows[pivot][column].IsZero)
                    {
                        rows[row][column] -= factor * rows[pivot][column];
                    }
                }

                rows[row][pivot] = 0;
                rows[row][count] -= factor * rows[pivot][count];
            }
        }

        return rows[0][0].IsZero ? Fraction.Zero : rows[0][count] / rows[0][0];
    }

    // Gauss-Seidel: the chain is absorbing, so every sweep brings the values nearer.
    private decimal SolveInDecimals(int removed)
    {
        var count = states.Count;
        var values = new decimal[count];
        var constants = new decimal[count];
        var next = new (int To, decimal Probability)[count][];
        for (var state = 0; state < count; state++)
        {
            var total = Total(state);
            var dead = total == 0m || Fails(state, removed);
            constants[state] = dead ? 0m : ends[state].Conversions / total;
            next[state] = dead ? [] : [.. edges[state].Where(edge => !Fails(edge.Key, removed)).Select(edge => (edge.Key, edge.Value / total))];
        }

        for (var sweep = 0; sweep < 100_000; sweep++)
        {
            var change = 0m;
            for (var state = count - 1; state >= 0; state--)
            {
                var value = constants[state];
                foreach (var (to, probability) in next[state])
                {
                    value += probability * values[to];
                }

                change = Math.Max(change, Math.Abs(value - values[state]));
                values[state] = value;
            }

            if (change < 1e-26m)
            {
                break;
            }
        }

        return values[0];
    }
}
