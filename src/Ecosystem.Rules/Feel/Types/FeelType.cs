using System.Collections.Frozen;

namespace Ecosystem.Rules.Feel;

/// <summary>A FEEL type. Immutable and thread-safe.</summary>
public abstract class FeelType
{
    private protected FeelType()
    {
    }

    /// <summary>Every value.</summary>
    public static FeelType Any { get; } = new FeelSimpleType("Any", null);

    /// <summary>Only null.</summary>
    public static FeelType Null { get; } = new FeelSimpleType("Null", FeelKind.Null);

    /// <summary>true and false.</summary>
    public static FeelType Boolean { get; } = new FeelSimpleType("boolean", FeelKind.Boolean);

    /// <summary>Decimal numbers.</summary>
    public static FeelType Number { get; } = new FeelSimpleType("number", FeelKind.Number);

    /// <summary>Text.</summary>
    public static FeelType String { get; } = new FeelSimpleType("string", FeelKind.String);

    /// <summary>Calendar days.</summary>
    public static FeelType Date { get; } = new FeelSimpleType("date", FeelKind.Date);

    /// <summary>Times of day.</summary>
    public static FeelType Time { get; } = new FeelSimpleType("time", FeelKind.Time);

    /// <summary>Days with times.</summary>
    public static FeelType DateTime { get; } = new FeelSimpleType("date and time", FeelKind.DateTime);

    /// <summary>Durations in seconds.</summary>
    public static FeelType DaysTime { get; } = new FeelSimpleType("days and time duration", FeelKind.DaysTime);

    /// <summary>Durations in months.</summary>
    public static FeelType YearsMonths { get; } = new FeelSimpleType("years and months duration", FeelKind.YearsMonths);

    /// <summary>Lists of anything.</summary>
    public static FeelType AnyList { get; } = new FeelListType(Any);

    /// <summary>Contexts with any entries.</summary>
    public static FeelType AnyContext { get; } = new FeelContextType(FrozenDictionary<string, FeelType>.Empty, open: true);

    /// <summary>Functions of any parameters.</summary>
    public static FeelType AnyFunction { get; } = new FeelFunctionType(null, Any);

    private static FrozenDictionary<string, FeelType> ByName { get; } = new Dictionary<string, FeelType>(StringComparer.Ordinal)
    {
        ["Any"] = Any,
        ["Null"] = Null,
        ["boolean"] = Boolean,
        ["number"] = Number,
        ["string"] = String,
        ["date"] = Date,
        ["time"] = Time,
        ["date and time"] = DateTime,
        ["dateTime"] = DateTime,
        ["days and time duration"] = DaysTime,
        ["dayTimeDuration"] = DaysTime,
        ["years and months duration"] = YearsMonths,
        ["yearMonthDuration"] = YearsMonths,
        ["list"] = AnyList,
        ["context"] = AnyContext,
        ["function"] = AnyFunction,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The kind of the type's values; null when there may be several.</summary>
    public abstract FeelKind? Kind { get; }

    /// <summary>A list of one type of items.</summary>
    /// <param name="item">Type of the items.</param>
    public static FeelType List(FeelType item) => new FeelListType(item);

    /// <summary>A context with declared members.</summary>
    /// <param name="members">Name and type of each.</param>
    public static FeelType Context(IEnumerable<KeyValuePair<string, FeelType>> members) =>
        new FeelContextType(members.ToFrozenDictionary(StringComparer.Ordinal));

    /// <summary>An interval of one type of values.</summary>
    /// <param name="item">Type of the endpoints.</param>
    public static FeelType Range(FeelType item) => new FeelRangeType(item);

    /// <summary>A function type.</summary>
    /// <param name="parameters">Types of the parameters in order.</param>
    /// <param name="result">Type of the result.</param>
    public static FeelType Function(IReadOnlyList<FeelType> parameters, FeelType result) => new FeelFunctionType([.. parameters], result);

    /// <summary>A built-in type by its FEEL name, such as number or date and time; null when there is none of that name.</summary>
    /// <param name="name">FEEL name.</param>
    public static FeelType? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The type without the allowed values in it.</summary>
    internal virtual FeelType Unconstrained() => this;

    /// <summary>Whether a value belongs to the type (null belongs only to Any and Null).</summary>
    internal abstract bool Includes(FeelValue value);

    /// <summary>Whether every value of this type belongs to another (DMN 1.5, 10.3.2.9.2).</summary>
    internal abstract bool ConformsTo(FeelType other);

    /// <summary>The value as this type after the implicit conversions of DMN 1.5, 10.3.2.9.4; null when it does not fit.</summary>
    internal virtual FeelValue Coerce(FeelValue value)
    {
        if (value.IsNull || Includes(value))
        {
            return value;
        }

        if (value.List is { Count: 1 } list && Kind != FeelKind.List && Includes(list.Items[0]))
        {
            return list.Items[0];
        }

        return FeelValue.Null;
    }
}

internal sealed class FeelSimpleType(string name, FeelKind? kind) : FeelType
{
    public override FeelKind? Kind => kind;

    public override string ToString() => name;

    internal override bool Includes(FeelValue value) => kind is null || value.Kind == kind;

    internal override bool ConformsTo(FeelType other) => other switch
    {
        FeelSimpleType simple => simple.Kind is null || simple.Kind == kind || kind == FeelKind.Null,
        _ => kind == FeelKind.Null,
    };

    internal override FeelValue Coerce(FeelValue value) =>
        kind == FeelKind.DateTime && value.Kind == FeelKind.Date
            ? FeelValue.Of(new FeelDateTime((FeelDate)value.Reference!, 0, FeelZone.Utc))
            : base.Coerce(value);
}

/// <summary>A list type.</summary>
internal sealed class FeelListType(FeelType item) : FeelType
{
    public FeelType Item => item;

    public override FeelKind? Kind => FeelKind.List;

    internal override FeelType Unconstrained() => new FeelListType(item.Unconstrained());

    public override string ToString() => ReferenceEquals(item, Any) ? "list" : $"list<{item}>";

    internal override bool Includes(FeelValue value)
    {
        if (value.List is not { } list)
        {
            return false;
        }

        foreach (var element in list.Items)
        {
            if (!element.IsNull && !item.Includes(element))
            {
                return false;
            }
        }

        return true;
    }

    internal override bool ConformsTo(FeelType other) => ReferenceEquals(other, Any) || (other is FeelListType list && item.ConformsTo(list.Item));

    internal override FeelValue Coerce(FeelValue value)
    {
        if (value.IsNull || Includes(value))
        {
            return value;
        }

        if (value.List is { } list)
        {
            var converted = new FeelValue[list.Count];
            for (var i = 0; i < converted.Length; i++)
            {
                converted[i] = item.Coerce(list.Items[i]);
                if (converted[i].IsNull && !list.Items[i].IsNull)
                {
                    return FeelValue.Null;
                }
            }

            return FeelValue.Of(new FeelList(converted));
        }

        var single = item.Coerce(value);
        return single.IsNull ? FeelValue.Null : FeelValue.Of(new FeelList([single]));
    }
}

/// <summary>A context type; open when entries beyond the members are unknown rather than surplus.</summary>
internal sealed class FeelContextType(FrozenDictionary<string, FeelType> members, bool open = false) : FeelType
{
    public FrozenDictionary<string, FeelType> Members => members;

    public bool Open => open;

    internal override FeelType Unconstrained() => new FeelContextType(members.ToFrozenDictionary(m => m.Key, m => m.Value.Unconstrained(), StringComparer.Ordinal), open);

    public override FeelKind? Kind => FeelKind.Context;

    public override string ToString() => members.Count == 0 ? "context" : "context<" + string.Join(", ", members.Select(m => $"{m.Key}: {m.Value}")) + ">";

    internal override bool Includes(FeelValue value)
    {
        if (value.Context is not { } context)
        {
            return false;
        }

        foreach (var (name, type) in members)
        {
            if (!context.TryGet(name, out var entry) || (!entry.IsNull && !type.Includes(entry)))
            {
                return false;
            }
        }

        return true;
    }

    internal override bool ConformsTo(FeelType other) =>
        ReferenceEquals(other, Any) || (other is FeelContextType context
            && context.Members.All(m => members.TryGetValue(m.Key, out var own) && own.ConformsTo(m.Value)));

    internal override FeelValue Coerce(FeelValue value)
    {
        if (value.IsNull || Includes(value))
        {
            return value;
        }

        if (value.List is { Count: 1 } list)
        {
            value = list.Items[0];
        }

        if (value.Context is not { } context)
        {
            return FeelValue.Null;
        }

        var entries = new List<KeyValuePair<string, FeelValue>>();
        foreach (var key in context.Keys)
        {
            context.TryGet(key, out var entry);
            if (members.TryGetValue(key, out var type))
            {
                var converted = type.Coerce(entry);
                if (converted.IsNull && !entry.IsNull)
                {
                    return FeelValue.Null;
                }

                entry = converted;
            }

            entries.Add(new(key, entry));
        }

        return members.Keys.All(context.ContainsKey) ? FeelValue.Of(FeelRecord.From(entries)) : FeelValue.Null;
    }
}

/// <summary>A range type.</summary>
internal sealed class FeelRangeType(FeelType item) : FeelType
{
    public FeelType Item => item;

    public override FeelKind? Kind => FeelKind.Range;

    public override string ToString() => $"range<{item}>";

    internal override bool Includes(FeelValue value) =>
        value.Range is { } range && (range.Low.IsNull || item.Includes(range.Low)) && (range.High.IsNull || item.Includes(range.High));

    internal override bool ConformsTo(FeelType other) => ReferenceEquals(other, Any) || (other is FeelRangeType range && item.ConformsTo(range.Item));
}

/// <summary>A function type; parameters null when any are allowed.</summary>
internal sealed class FeelFunctionType(FeelType[]? parameters, FeelType result) : FeelType
{
    public FeelType[]? Parameters => parameters;

    public FeelType Result => result;

    public override FeelKind? Kind => FeelKind.Function;

    public override string ToString() => parameters is null ? "function" : $"function<{string.Join(", ", parameters.Select(p => p.ToString()))}> -> {result}";

    internal override bool Includes(FeelValue value) => value.Function is { } function && (parameters is null || function.Type.ConformsTo(this));

    internal override bool ConformsTo(FeelType other)
    {
        if (ReferenceEquals(other, Any))
        {
            return true;
        }

        if (other is not FeelFunctionType function)
        {
            return false;
        }

        if (function.Parameters is null)
        {
            return true;
        }

        // A result of unknown type may be of the wanted one; what it is shows when the function is called.
        return parameters is not null && parameters.Length == function.Parameters.Length && (ReferenceEquals(result, Any) || result.ConformsTo(function.Result))
            && parameters.Zip(function.Parameters).All(pair => pair.Second.ConformsTo(pair.First));
    }
}

/// <summary>A named type whose values are restricted further (a DMN item definition with allowed values or a type constraint).</summary>
internal sealed class FeelConstrainedType(string name, FeelType @base, Func<FeelValue, bool> allows) : FeelType
{
    public FeelType Base => @base;

    public override FeelKind? Kind => @base.Kind;

    internal override FeelType Unconstrained() => @base.Unconstrained();

    public override string ToString() => name;

    internal override bool Includes(FeelValue value) => @base.Includes(value) && (value.IsNull || allows(value));

    internal override bool ConformsTo(FeelType other) => ReferenceEquals(this, other) || @base.ConformsTo(other);

    internal override FeelValue Coerce(FeelValue value)
    {
        var converted = @base.Coerce(value);
        return converted.IsNull || allows(converted) ? converted : FeelValue.Null;
    }
}
