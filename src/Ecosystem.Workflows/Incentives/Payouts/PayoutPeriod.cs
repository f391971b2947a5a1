using System.Globalization;

namespace Ecosystem.Workflows.Incentives.Payouts;

/// <summary>Months written as <c>yyyy-MM</c>.</summary>
public static class PayoutPeriod
{
    /// <summary>The period of a day.</summary>
    /// <param name="day">The day.</param>
    public static string Of(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>Whether a text is a period.</summary>
    /// <param name="period">The text.</param>
    public static bool IsValid(string? period) => DateOnly.TryParseExact(period + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    /// <summary>The first day of a period.</summary>
    /// <param name="period">The period.</param>
    /// <exception cref="FormatException">The text is not a period.</exception>
    public static DateOnly Start(string period) => DateOnly.ParseExact(period + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The last day of a period.</summary>
    /// <param name="period">The period.</param>
    /// <exception cref="FormatException">The text is not a period.</exception>
    public static DateOnly End(string period) => Start(period).AddMonths(1).AddDays(-1);
}
