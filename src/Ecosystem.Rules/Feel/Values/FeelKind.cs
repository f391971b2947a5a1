namespace Ecosystem.Rules.Feel;

/// <summary>The kinds of value FEEL knows (DMN 1.5, 10.3.2).</summary>
public enum FeelKind
{
    /// <summary>No value.</summary>
    Null,

    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>A decimal number.</summary>
    Number,

    /// <summary>Text, counted in Unicode code points.</summary>
    String,

    /// <summary>A calendar day.</summary>
    Date,

    /// <summary>A time of day, with or without an offset or zone.</summary>
    Time,

    /// <summary>A day and time, with or without an offset or zone.</summary>
    DateTime,

    /// <summary>A duration in seconds.</summary>
    DaysTime,

    /// <summary>A duration in months.</summary>
    YearsMonths,

    /// <summary>An ordered list.</summary>
    List,

    /// <summary>Named entries.</summary>
    Context,

    /// <summary>An interval.</summary>
    Range,

    /// <summary>A function.</summary>
    Function,
}
