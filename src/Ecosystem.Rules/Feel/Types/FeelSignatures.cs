using System.Collections.Frozen;

namespace Ecosystem.Rules.Feel;

/// <summary>Static types of built-in functions and operators. Letters: s text, n number, b boolean, l list, c context, d date-like, t duration, u number or duration, * anything.</summary>
internal static class FeelSignatures
{
    private static readonly FrozenDictionary<string, (FeelType? Result, string Wanted)> Known = new Dictionary<string, (FeelType?, string)>(StringComparer.Ordinal)
    {
        ["string"] = (FeelType.String, "*"),
        ["number"] = (FeelType.Number, "*ss"),
        ["date"] = (FeelType.Date, "*"),
        ["time"] = (FeelType.Time, "*"),
        ["date and time"] = (FeelType.DateTime, "**"),
        ["years and months duration"] = (FeelType.YearsMonths, "dd"),
        ["not"] = (FeelType.Boolean, "b"),
        ["is"] = (FeelType.Boolean, "**"),
        ["substring"] = (FeelType.String, "snn"),
        ["string length"] = (FeelType.Number, "s"),
        ["upper case"] = (FeelType.String, "s"),
        ["lower case"] = (FeelType.String, "s"),
        ["substring before"] = (FeelType.String, "ss"),
        ["substring after"] = (FeelType.String, "ss"),
        ["contains"] = (FeelType.Boolean, "ss"),
        ["starts with"] = (FeelType.Boolean, "ss"),
        ["ends with"] = (FeelType.Boolean, "ss"),
        ["matches"] = (FeelType.Boolean, "sss"),
        ["replace"] = (FeelType.String, "ssss"),
        ["split"] = (FeelType.List(FeelType.String), "ss"),
        ["string join"] = (FeelType.String, "*sss"),
        ["decimal"] = (FeelType.Number, "nn"),
        ["floor"] = (FeelType.Number, "nn"),
        ["ceiling"] = (FeelType.Number, "nn"),
        ["round up"] = (FeelType.Number, "nn"),
        ["round down"] = (FeelType.Number, "nn"),
        ["round half up"] = (FeelType.Number, "nn"),
        ["round half down"] = (FeelType.Number, "nn"),
        ["modulo"] = (FeelType.Number, "nn"),
        ["sqrt"] = (FeelType.Number, "n"),
        ["log"] = (FeelType.Number, "n"),
        ["exp"] = (FeelType.Number, "n"),
        ["odd"] = (FeelType.Boolean, "n"),
        ["even"] = (FeelType.Boolean, "n"),
        ["abs"] = (null, "u"),
        ["count"] = (FeelType.Number, "*"),
        ["list contains"] = (FeelType.Boolean, "**"),
        ["mean"] = (FeelType.Number, ""),
        ["product"] = (FeelType.Number, ""),
        ["median"] = (FeelType.Number, ""),
        ["stddev"] = (FeelType.Number, ""),
        ["mode"] = (FeelType.List(FeelType.Number), ""),
        ["all"] = (FeelType.Boolean, ""),
        ["any"] = (FeelType.Boolean, ""),
        ["index of"] = (FeelType.List(FeelType.Number), "**"),
        ["get entries"] = (FeelType.AnyList, "c"),
        ["get value"] = (FeelType.Any, "cs"),
        ["today"] = (FeelType.Date, ""),
        ["now"] = (FeelType.DateTime, ""),
        ["day of year"] = (FeelType.Number, "d"),
        ["day of week"] = (FeelType.String, "d"),
        ["month of year"] = (FeelType.String, "d"),
        ["week of year"] = (FeelType.Number, "d"),
        ["before"] = (FeelType.Boolean, "**"),
        ["after"] = (FeelType.Boolean, "**"),
        ["includes"] = (FeelType.Boolean, "**"),
        ["during"] = (FeelType.Boolean, "**"),
        ["overlaps"] = (FeelType.Boolean, "**"),
        ["coincides"] = (FeelType.Boolean, "**"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static (FeelType Result, string Wanted) Of(string name, List<FeelType> arguments)
    {
        if (name is "min" or "max" or "sum")
        {
            var item = arguments.Count == 1 && arguments[0] is FeelListType list ? list.Item : arguments.Count > 0 ? arguments[0] : FeelType.Any;
            return (item, "");
        }

        if (name is "sublist" or "append" or "concatenate" or "union" or "insert before" or "remove" or "reverse" or "distinct values" or "list replace" or "sort")
        {
            return (arguments.Count > 0 && arguments[0] is FeelListType same && name is "sublist" or "remove" or "reverse" or "distinct values" or "sort" ? arguments[0] : FeelType.AnyList, "");
        }

        if (!Known.TryGetValue(name, out var known))
        {
            return (FeelType.Any, "");
        }

        return (known.Result ?? arguments[0], known.Wanted);
    }

    public static bool Accepts(char wanted, FeelType type)
    {
        if (type.Kind is null or FeelKind.Null or FeelKind.List)
        {
            // A list may hold the one value that is wanted.
            return true;
        }

        return wanted switch
        {
            's' => type.Kind == FeelKind.String,
            'n' => type.Kind == FeelKind.Number,
            'b' => type.Kind == FeelKind.Boolean,
            'c' => type.Kind == FeelKind.Context,
            'd' => type.Kind is FeelKind.Date or FeelKind.DateTime,
            't' => type.Kind is FeelKind.DaysTime or FeelKind.YearsMonths,
            'u' => type.Kind is FeelKind.Number or FeelKind.DaysTime or FeelKind.YearsMonths,
            _ => true,
        };
    }

    public static string Name(char wanted) => wanted switch
    {
        's' => "string",
        'n' => "number",
        'b' => "boolean",
        'c' => "context",
        'd' => "date or date and time",
        't' => "duration",
        'u' => "number or duration",
        _ => "value",
    };

    /// <summary>Type of an arithmetic result; null when the operator does not take these kinds.</summary>
    public static FeelType? Arithmetic(FeelOperator op, FeelKind left, FeelKind right)
    {
        if (left is FeelKind.List or FeelKind.Context or FeelKind.Function or FeelKind.Range or FeelKind.Boolean
            || right is FeelKind.List or FeelKind.Context or FeelKind.Function or FeelKind.Range or FeelKind.Boolean)
        {
            return null;
        }

        if (left == FeelKind.Number && right == FeelKind.Number)
        {
            return FeelType.Number;
        }

        var durationLeft = left is FeelKind.DaysTime or FeelKind.YearsMonths;
        var durationRight = right is FeelKind.DaysTime or FeelKind.YearsMonths;
        return op switch
        {
            FeelOperator.Add when left == FeelKind.String && right == FeelKind.String => FeelType.String,
            FeelOperator.Add or FeelOperator.Subtract when durationLeft && left == right => Of(left),
            FeelOperator.Add or FeelOperator.Subtract when left is FeelKind.Date or FeelKind.DateTime && durationRight => Of(left),
            FeelOperator.Add or FeelOperator.Subtract when left == FeelKind.Time && right == FeelKind.DaysTime => FeelType.Time,
            FeelOperator.Add when right is FeelKind.Date or FeelKind.DateTime && durationLeft => Of(right),
            FeelOperator.Add when right == FeelKind.Time && left == FeelKind.DaysTime => FeelType.Time,
            FeelOperator.Subtract when left is FeelKind.Date or FeelKind.DateTime && right is FeelKind.Date or FeelKind.DateTime => FeelType.DaysTime,
            FeelOperator.Subtract when left == FeelKind.Time && right == FeelKind.Time => FeelType.DaysTime,
            FeelOperator.Multiply when durationLeft && right == FeelKind.Number => Of(left),
            FeelOperator.Multiply when durationRight && left == FeelKind.Number => Of(right),
            FeelOperator.Divide when durationLeft && right == FeelKind.Number => Of(left),
            FeelOperator.Divide when durationLeft && left == right => FeelType.Number,
            _ => null,
        };
    }

    private static FeelType Of(FeelKind kind) => kind switch
    {
        FeelKind.Date => FeelType.Date,
        FeelKind.DateTime => FeelType.DateTime,
        FeelKind.Time => FeelType.Time,
        FeelKind.DaysTime => FeelType.DaysTime,
        _ => FeelType.YearsMonths,
    };
}
