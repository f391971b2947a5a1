namespace Ecosystem.Rules.Feel;

/// <summary>What a missing or ill-typed value means.</summary>
public enum FeelMode
{
    /// <summary>As DMN says: errors give null, and null travels on.</summary>
    Dmn,

    /// <summary>For rulesets: a missing value where one is needed is an error that names the input.</summary>
    Strict,
}

/// <summary>Bounds on what one evaluation may use.</summary>
public sealed record FeelLimits
{
    /// <summary>The default bounds.</summary>
    public static FeelLimits Default { get; } = new();

    /// <summary>Longest time for one evaluation.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Deepest nesting of function calls.</summary>
    public int Depth { get; init; } = 500;

    /// <summary>Most loop rounds, list items visited and function calls.</summary>
    public long Iterations { get; init; } = 10_000_000;

    /// <summary>Most items and characters created, a proxy for memory (each counts as about 24 bytes).</summary>
    public long Memory { get; init; } = 5_000_000;

    /// <summary>Longest time for one regular expression.</summary>
    public TimeSpan RegexTime { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest text of an expression, in characters.</summary>
    public int TextLength { get; init; } = 100_000;

    /// <summary>Deepest nesting of an expression's syntax.</summary>
    public int Nesting { get; init; } = 300;
}

/// <summary>How an expression is parsed, checked and run.</summary>
public sealed record FeelOptions
{
    /// <summary>DMN mode, no declared names, default limits.</summary>
    public static FeelOptions Default { get; } = new();

    /// <summary>What a missing value means.</summary>
    public FeelMode Mode { get; init; } = FeelMode.Dmn;

    /// <summary>Declared names and types; when given, unknown names and type clashes are errors when the expression is parsed.</summary>
    public FeelScope? Types { get; init; }

    /// <summary>Bounds on what one evaluation may use.</summary>
    public FeelLimits Limits { get; init; } = FeelLimits.Default;

    /// <summary>Clock behind today() and now().</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Whether unknown names and type clashes are errors at parse time; by default exactly when <see cref="Types"/> is given.</summary>
    public bool? Check { get; init; }
}
