namespace Ecosystem.Temporal.Schedules.Specs;

/// <summary>A field of a calendar: its name in messages, its bounds and the names its values may have.</summary>
/// <param name="Name">The name.</param>
/// <param name="Minimum">The least value.</param>
/// <param name="Maximum">The greatest value in text; a day of the week may be written as 7, which is Sunday.</param>
/// <param name="Default">What an empty text means.</param>
/// <param name="Names">Names of the values from the least on.</param>
/// <param name="ShortestName">How many letters of a name are enough.</param>
internal sealed record CalendarField(string Name, int Minimum, int Maximum, string Default, IReadOnlyList<string> Names, int ShortestName)
{
    public static readonly CalendarField Second = new("Second", 0, 59, "0", [], 0);
    public static readonly CalendarField Minute = new("Minute", 0, 59, "0", [], 0);
    public static readonly CalendarField Hour = new("Hour", 0, 23, "0", [], 0);
    public static readonly CalendarField DayOfMonth = new("DayOfMonth", 1, 31, "*", [], 0);

    public static readonly CalendarField Month = new(
        "Month", 1, 12, "*",
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"], 3);

    public static readonly CalendarField DayOfWeek = new(
        "DayOfWeek", 0, 7, "*", ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"], 2);

    public static readonly CalendarField Year = new("Year", 2000, 2100, "*", [], 0);

    /// <summary>The greatest value in a structured calendar.</summary>
    public int StructuredMaximum => this == DayOfWeek ? 6 : Maximum;
}
