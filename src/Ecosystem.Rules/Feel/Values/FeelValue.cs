using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Ecosystem.Rules.Feel;

/// <summary>
/// One FEEL value without boxing: numbers, booleans and durations live in the struct itself, everything else behind one reference.
/// </summary>
[DebuggerDisplay("{Kind} {FeelText.Literal(this)}")]
internal readonly struct FeelValue
{
    private readonly object? _reference;
    private readonly decimal _number;

    private FeelValue(object? reference, decimal number)
    {
        _reference = reference;
        _number = number;
    }

    public static FeelValue Null => default;

    public static FeelValue True => new(FeelTag.True, 1m);

    public static FeelValue False => new(FeelTag.False, 0m);

    public FeelKind Kind
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _reference switch
        {
            null => FeelKind.Null,
            string => FeelKind.String,
            _ => Unsafe.As<FeelObject>(_reference).Kind,
        };
    }

    public bool IsNull => _reference is null;

    public bool IsNumber => ReferenceEquals(_reference, FeelTag.Number);

    public bool IsTrue => ReferenceEquals(_reference, FeelTag.True);

    public bool IsFalse => ReferenceEquals(_reference, FeelTag.False);

    public bool IsBoolean => IsTrue || IsFalse;

    /// <summary>The number; seconds of a days-and-time duration; months of a years-and-months duration.</summary>
    public decimal Number => _number;

    public object? Reference => _reference;

    public string? Text => _reference as string;

    public FeelList? List => _reference as FeelList;

    public FeelContext? Context => _reference as FeelContext;

    public FeelRange? Range => _reference as FeelRange;

    public FeelFunction? Function => _reference as FeelFunction;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FeelValue Of(decimal number) => new(FeelTag.Number, number);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FeelValue Of(bool value) => value ? True : False;

    public static FeelValue Of(bool? value) => value is null ? Null : Of(value.Value);

    public static FeelValue Of(string? text) => new(text, 0m);

    public static FeelValue Of(FeelObject? value) => new(value, 0m);

    public static FeelValue Of(IReadOnlyList<FeelValue> items) => new(new FeelList([.. items]), 0m);

    public static FeelValue Seconds(decimal seconds) => new(FeelTag.DaysTime, seconds);

    public static FeelValue Months(decimal months) => new(FeelTag.YearsMonths, months);

    public bool? AsBoolean() => IsTrue ? true : IsFalse ? false : null;

    public override string ToString() => FeelText.Literal(this);
}
