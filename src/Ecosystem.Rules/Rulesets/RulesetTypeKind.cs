namespace Ecosystem.Rules.Rulesets;

/// <summary>The kinds of values that a ruleset knows; each is a type of FEEL.</summary>
public enum RulesetTypeKind
{
    /// <summary>Any value; nothing is checked or converted.</summary>
    Any,

    /// <summary>Text (<c>string</c>).</summary>
    Text,

    /// <summary>A decimal number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A calendar date.</summary>
    Date,

    /// <summary>A time of day.</summary>
    Time,

    /// <summary>A date with a time of day.</summary>
    DateTime,

    /// <summary>A duration of days, hours, minutes and seconds.</summary>
    DaysTimeDuration,

    /// <summary>A duration of years and months.</summary>
    YearsMonthsDuration,

    /// <summary>A list; <see cref="RulesetType.Item"/> is the type of its elements.</summary>
    List,

    /// <summary>A record; <see cref="RulesetType.Fields"/> are its fields.</summary>
    Record,
}
