using System.Globalization;
using System.Numerics;
using Ecosystem.Rules.Feel;

namespace Ecosystem.Rules.Rulesets;

/// <summary>Runs an <see cref="AllocationSection"/>.</summary>
internal sealed class CompiledAllocation(AllocationSection section, CompiledAllocation.Parts parts) : CompiledSection(section.Id)
{
    private const int MostParties = 10_000;
    private static readonly string[] OwnFields = ["key", "weight", "share", "amount"];
    private readonly string[] _fields = [.. OwnFields, .. parts.Keep.Select(k => k.Name)];

    public override void Run(RunState state)
    {
        IReadOnlyList<object?> parties = parts.List.List(state);
        if (parties.Count is 0 or > MostParties)
        {
            throw parties.Count == 0
                ? parts.List.Failure(state, "nobody", "There is nobody to divide among")
                : parts.List.Failure(state, "too-many", $"{PlainWords.Number(parties.Count)} parties are too many to divide among; at most {PlainWords.Number(MostParties)}");
        }

        string name = section.Over.Name;
        decimal? amount = parts.Amount?.Number(state);
        (bool, object?) outer = state.Shadow(name, null);
        Input input = Read(state, parties, name);
        Rational[] shares = Shares(state, input);
        BigInteger[] hundredths = Apportionment.Units(shares, input.Keys, 100 * BigInteger.Pow(10, section.Decimals));
        BigInteger[]? money = amount is { } value ? Apportionment.Units(shares, input.Keys, MoneyUnits(state, value)) : null;
        decimal scale = (decimal)BigInteger.Pow(10, section.Decimals);
        var results = new FeelValue[parties.Count];
        for (int i = 0; i < results.Length; i++)
        {
            state.Values[name] = parties[i];
            results[i] = FeelValue.Of(Record(state, input, i, (decimal)hundredths[i] / scale, money is null ? null : (decimal)money[i] * section.Unit));
        }

        state.Restore(name, outer);
        state.Values[section.Into] = new FeelList(results);
    }

    private Input Read(RunState state, IReadOnlyList<object?> parties, string name)
    {
        var input = new Input(parties.Count, parts.Floor is not null, parts.Cap is not null);
        var keys = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < parties.Count; i++)
        {
            state.Values[name] = parties[i];
            input.Keys[i] = parts.Key.Text(state);
            if (!keys.Add(input.Keys[i]))
            {
                throw parts.Key.Failure(state, "duplicate-key", $"'{input.Keys[i]}' appears twice; each party has to appear once");
            }

            decimal weight = parts.Weight.Number(state);
            input.Weights[i] = weight >= 0 ? weight : throw parts.Weight.Failure(state, "out-of-range", $"The weight of '{input.Keys[i]}' is {PlainWords.Number(weight)}; a weight is zero or more");
            if (input.Floors is not null)
            {
                input.Floors[i] = Percent(state, parts.Floor!, input.Keys[i]);
            }

            if (input.Caps is not null)
            {
                input.Caps[i] = Percent(state, parts.Cap!, input.Keys[i]);
                if (input.Floors is not null && input.Floors[i] > input.Caps[i])
                {
                    throw parts.Cap!.Failure(state, "out-of-range", $"'{input.Keys[i]}' has a floor of {PlainWords.Number(input.Floors[i])} % over its cap of {PlainWords.Number(input.Caps[i])} %");
                }
            }
        }

        return input;
    }

    private static decimal Percent(RunState state, CompiledExpression expression, string key)
    {
        decimal value = expression.Number(state);
        return value is >= 0 and <= 100 ? value : throw expression.Failure(state, "out-of-range", $"{PlainWords.Number(value)} % for '{key}' is not between 0 and 100");
    }

    private Rational[] Shares(RunState state, Input input)
    {
        if (Array.TrueForAll(input.Weights, w => w == 0))
        {
            switch (section.Zero)
            {
                case "equal":
                    Array.Fill(input.Weights, 1);
                    break;
                case "first":
                    input.Weights[0] = 1;
                    break;
                default:
                    throw parts.Weight.Failure(state, "all-zero", "Every weight is zero, so nothing can be divided; 'zero: equal' or 'zero: first' would say how");
            }
        }

        return Apportionment.Shares(input.Weights, input.Floors, input.Caps)
            ?? throw parts.Weight.Failure(state, "impossible-split", "The floors and caps leave no way to reach exactly 100 %");
    }

    private BigInteger MoneyUnits(RunState state, decimal amount)
    {
        Rational units = (Rational)amount / section.Unit;
        return units.Denominator.IsOne
            ? units.Numerator
            : throw parts.Amount!.Failure(state, "not-in-units", string.Create(CultureInfo.InvariantCulture, $"The amount {amount} is not a multiple of {section.Unit}"));
    }

    private FeelRecord Record(RunState state, Input input, int i, decimal share, decimal? amount)
    {
        var values = new FeelValue[_fields.Length];
        values[0] = FeelValue.Of(input.Keys[i]);
        values[1] = FeelValue.Of(input.Weights[i]);
        values[2] = FeelValue.Of(share);
        values[3] = amount is { } money ? FeelValue.Of(money) : FeelValue.Null;
        if (state.Traces)
        {
            string reason = $"{input.Keys[i]} receives {PlainWords.Number(share)} %";
            state.Hit(section.Id, input.Keys[i], parts.Because is null ? reason : Because(state, input.Weights[i], share, amount));
        }

        for (int k = 0; k < parts.Keep.Count; k++)
        {
            values[OwnFields.Length + k] = FeelBoundary.FromClr(parts.Keep[k].Expression.Evaluate(state));
        }

        return new FeelRecord(_fields, values);
    }

    private string Because(RunState state, decimal weight, decimal share, decimal? amount)
    {
        (bool, object?) outerWeight = state.Shadow("weight", weight);
        (bool, object?) outerShare = state.Shadow("share", share);
        (bool, object?) outerPart = state.Shadow("part", amount);
        string reason = parts.Because!.Render(state);
        state.Restore("part", outerPart);
        state.Restore("share", outerShare);
        state.Restore("weight", outerWeight);
        return reason;
    }

    internal sealed record Parts(
        CompiledExpression List, CompiledExpression Key, CompiledExpression Weight, CompiledExpression? Floor, CompiledExpression? Cap,
        CompiledExpression? Amount, ReasonTemplate? Because, IReadOnlyList<(string Name, CompiledExpression Expression)> Keep);

    private sealed class Input(int count, bool floors, bool caps)
    {
        public string[] Keys { get; } = new string[count];

        public decimal[] Weights { get; } = new decimal[count];

        public decimal[]? Floors { get; } = floors ? new decimal[count] : null;

        public decimal[]? Caps { get; } = caps ? new decimal[count] : null;
    }
}
