using System.Globalization;

namespace Ecosystem.Rules.Rulesets;

/// <summary>Compares what a test case expects with what came out. Of records only the expected fields count.</summary>
internal static class ExpectedValue
{
    public static void Compare(object? expected, object? actual, string path, List<string> failures)
    {
        switch (expected)
        {
            case IReadOnlyDictionary<string, object?> fields when actual is IReadOnlyDictionary<string, object?> record:
                foreach ((string name, object? value) in fields)
                {
                    if (record.TryGetValue(name, out object? field))
                    {
                        Compare(value, field, $"{path}.{name}", failures);
                    }
                    else
                    {
                        failures.Add($"{path} has no field '{name}'");
                    }
                }

                break;
            case IReadOnlyList<object?> items when actual is IReadOnlyList<object?> list:
                if (items.Count != list.Count)
                {
                    failures.Add($"{path} has {list.Count} elements, expected {items.Count}: {PlainWords.Of(list)}");
                    break;
                }

                for (int i = 0; i < items.Count; i++)
                {
                    Compare(items[i], list[i], string.Create(CultureInfo.InvariantCulture, $"{path}[{i + 1}]"), failures);
                }

                break;
            default:
                if (!Same(expected, actual))
                {
                    failures.Add($"{path} is {PlainWords.Describe(actual)}, expected {PlainWords.Describe(expected)}");
                }

                break;
        }
    }

    private static bool Same(object? expected, object? actual) => (expected, actual) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (string text, string other) => string.Equals(text, other, StringComparison.Ordinal),
        (decimal number, decimal other) => number == other,
        (bool flag, bool other) => flag == other,
        (string text, not (decimal or bool)) => string.Equals(text, PlainWords.Of(actual), StringComparison.Ordinal),
        _ => false,
    };
}
