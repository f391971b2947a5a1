namespace Ecosystem.Workflows.Deals;

/// <summary>The programme's terms of protection. Times are calendar days.</summary>
public sealed record ProtectionPolicy
{
    /// <summary>The terms that apply unless the host registers others.</summary>
    public static ProtectionPolicy Default { get; } = new();

    /// <summary>Days of protection where the routing decision names none.</summary>
    public int ProtectionDays { get; init; } = 90;

    /// <summary>How often the protection may be extended.</summary>
    public int MaxExtensions { get; init; } = 2;

    /// <summary>Days an extension adds where none are named.</summary>
    public int ExtensionDays { get; init; } = 45;

    /// <summary>The fewest days an extension may add.</summary>
    public int MinExtensionDays { get; init; } = 30;

    /// <summary>The most days an extension may add.</summary>
    public int MaxExtensionDays { get; init; } = 90;

    /// <summary>An extension must be asked for at least so many days before the end.</summary>
    public int AskDaysBefore { get; init; } = 7;

    /// <summary>An extension needs an activity logged within so many days.</summary>
    public int ActivityDays { get; init; } = 30;

    /// <summary>How often a rejected deal may be submitted again.</summary>
    public int MaxResubmissions { get; init; } = 2;

    /// <summary>On how many days before the end the partner is warned.</summary>
    public IReadOnlyList<int> WarningDays { get; init; } = [30, 14, 7, 1];

    /// <summary>The times at which warnings are due.</summary>
    /// <param name="from">When the protection began.</param>
    /// <param name="until">When it ends.</param>
    /// <returns>The times after the beginning, earliest first.</returns>
    public IReadOnlyList<DateTimeOffset> Warnings(DateTimeOffset from, DateTimeOffset until) =>
        [.. WarningDays.Select(days => until.AddDays(-days)).Where(time => time > from).Order()];
}
