using System.Collections.Frozen;

namespace Ecosystem.Rules.Feel;

/// <summary>All built-in functions of DMN 1.5 (10.3.4), by name.</summary>
internal static partial class FeelBuiltIns
{
    private static readonly FrozenDictionary<string, FeelBuiltIn> All = Build().ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);

    public static IEnumerable<string> Names => All.Keys;

    public static FeelBuiltIn? Find(string name) => All.GetValueOrDefault(name);

    private static IEnumerable<FeelBuiltIn> Build() =>
        [.. Conversions(), .. Texts(), .. Numbers(), .. Lists(), .. Aggregates(), .. Contexts(), .. Dates(), .. Ranges()];

    private static FeelBuiltIn Of(string name, string parameters, FeelBuiltIn.Implementation body) => new(name, Way(parameters, body));

    /// <summary>Parameters separated by commas; "?" behind an optional one, "…" at the end of a variadic list.</summary>
    private static FeelBuiltIn.Overload Way(string parameters, FeelBuiltIn.Implementation body)
    {
        var names = parameters.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var variadic = names.Length > 0 && names[^1] == "…";
        names = variadic ? names[..^1] : names;
        var required = names.Count(n => !n.EndsWith('?'));
        return new FeelBuiltIn.Overload([.. names.Select(n => n.TrimEnd('?'))], required, body, variadic);
    }

    /// <summary>A list of one item counts as the item where no list is wanted.</summary>
    private static FeelValue Single(FeelValue value) => value.List is { Count: 1 } list ? list.Items[0] : value;

    private static bool TryNumber(FeelValue[] arguments, int index, out decimal number)
    {
        var value = index < arguments.Length ? Single(arguments[index]) : FeelValue.Null;
        number = value.Number;
        return value.IsNumber;
    }

    private static bool TryText(FeelValue[] arguments, int index, out string text)
    {
        text = index < arguments.Length ? Single(arguments[index]).Text! : null!;
        return text is not null;
    }

    /// <summary>The argument as a list; one value that is no list counts as a list of it.</summary>
    private static bool TryList(FeelValue[] arguments, int index, out FeelList list)
    {
        var value = arguments[index];
        list = value.List ?? (value.IsNull ? null! : new FeelList([value]));
        return list is not null;
    }

    private static bool IsWhole(decimal number) => number == decimal.Truncate(number);

    private static FeelValue ListOf(FeelRun run, List<FeelValue> items)
    {
        run.Charge(items.Count);
        return FeelValue.Of(new FeelList([.. items]));
    }
}
