using System.Globalization;
using CsCheck;
using Ecosystem.Workflows.Tasks.Calendars;

namespace Ecosystem.Workflows.Tests.Tasks;

public sealed class BusinessTimeTests
{
    private static readonly Gen<BusinessCalendar> AnyCalendar = Gen.Int[0, BusinessTime.Names.Count - 1].Select(i => BusinessTime.Calendar(BusinessTime.Names[i]));
    private static readonly Gen<DateTimeOffset> AnyTime = Gen.Long[Time("2019-12-30T00:00:00Z").UtcTicks / TimeSpan.TicksPerMinute, Time("2031-01-05T00:00:00Z").UtcTicks / TimeSpan.TicksPerMinute]
        .Select(minutes => new DateTimeOffset(minutes * TimeSpan.TicksPerMinute, TimeSpan.Zero));

    private static readonly Gen<TimeSpan> AnyWork = Gen.Int[0, 60 * 200].Select(minutes => TimeSpan.FromMinutes(minutes));

    [Theory]
    [InlineData("2026-11-24T10:00:00Z", "48 business hours", "default", "2026-12-02T10:00:00Z")]
    [InlineData("2026-11-27T16:30:00Z", "1 business hour", "default", "2026-11-30T09:30:00Z")]
    [InlineData("2026-11-27T16:30:00Z", "45 business minutes", "default", "2026-11-30T09:15:00Z")]
    [InlineData("2026-11-28T12:00:00Z", "2 business days", "default", "2026-12-02T09:00:00Z")]
    [InlineData("2026-12-24T15:00:00Z", "2 business hours", "de", "2026-12-28T09:00:00Z")]
    [InlineData("2026-07-02T20:00:00Z", "2 business hours", "us", "2026-07-06T14:00:00Z")]
    [InlineData("2026-03-27T15:30:00Z", "1 business hour", "de", "2026-03-30T07:30:00Z")]
    [InlineData("2026-10-23T14:30:00Z", "1 business hour", "DE-BY", "2026-10-26T08:30:00Z")]
    [InlineData("2026-06-03T14:00:00Z", "2 business hours", "DE-BY", "2026-06-05T08:00:00Z")]
    [InlineData("2026-06-03T14:00:00Z", "2 business hours", "DE-BE", "2026-06-04T08:00:00Z")]
    [InlineData("2026-11-28T23:30:00Z", "1 business hour", "round-the-clock", "2026-11-29T00:30:00Z")]
    [InlineData("2026-01-05T09:00:00Z", "P3D", "default", "2026-01-08T09:00:00Z")]
    public void Add_WorkingTime_SkipsNightsWeekendsAndHolidays(string from, string duration, string calendar, string expected) =>
        Assert.Equal(Time(expected), BusinessTime.Add(Time(from), duration, BusinessTime.Calendar(calendar)));

    [Theory]
    [InlineData("two business days")]
    [InlineData("-1 business hours")]
    [InlineData("3 business fortnights")]
    [InlineData("soon")]
    public void Add_NoDuration_IsNull(string text) => Assert.Null(BusinessTime.Add(Time("2026-01-05T09:00:00Z"), text, BusinessTime.Calendar("default")));

    [Theory]
    [InlineData("DE-XX", "DE")]
    [InlineData("uk", "GB")]
    [InlineData("de-by", "DE-BY")]
    [InlineData("nowhere", "default")]
    [InlineData(null, "default")]
    public void Calendar_Name_FindsTheNearest(string? name, string expected) => Assert.Equal(expected, BusinessTime.Calendar(name).Name);

    [Fact]
    public void Add_AnyCalendar_LandsInsideWorkingHours() => Gen.Select(AnyCalendar, AnyTime, AnyWork).Sample((calendar, from, work) =>
    {
        var end = BusinessTime.Add(from, work, calendar);
        var hours = calendar.Hours(calendar.DayOf(end)) ?? calendar.Hours(calendar.DayOf(end.AddTicks(-1)));
        return end >= from && hours is { } open && end >= open.From && end <= open.To;
    });

    [Fact]
    public void Add_TwoParts_IsTheSameAsTheirSum() => Gen.Select(AnyCalendar, AnyTime, AnyWork, AnyWork).Sample((calendar, from, one, other) =>
        BusinessTime.Add(BusinessTime.Add(from, one, calendar), other, calendar) == BusinessTime.Add(from, one + other, calendar));

    [Fact]
    public void Add_LaterOrMore_IsNotEarlier() => Gen.Select(AnyCalendar, AnyTime, AnyWork, AnyWork).Sample((calendar, from, work, more) =>
        BusinessTime.Add(from, work, calendar) <= BusinessTime.Add(from, work + more, calendar)
        && BusinessTime.Add(from, work, calendar) <= BusinessTime.Add(from + more, work, calendar));

    [Fact]
    public void Between_AfterAdd_GivesTheTimeBack() => Gen.Select(AnyCalendar, AnyTime, AnyWork).Sample((calendar, from, work) =>
        BusinessTime.Between(from, BusinessTime.Add(from, work, calendar), calendar) == work);

    [Fact]
    public void Between_SplitAnywhere_AddsUp() => Gen.Select(AnyCalendar, AnyTime, AnyWork, AnyWork).Sample((calendar, from, one, other) =>
        BusinessTime.Between(from, from + one, calendar) + BusinessTime.Between(from + one, from + one + other, calendar) == BusinessTime.Between(from, from + one + other, calendar));

    [Theory]
    [InlineData("2026-03-29", 23)]
    [InlineData("2026-10-25", 25)]
    [InlineData("2026-06-14", 24)]
    public void Between_DayOnWhichTheClocksChange_IsAsLongAsItIs(string day, int hours)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var midnight = DateTime.Parse(day, CultureInfo.InvariantCulture);
        DateTimeOffset At(DateTime local) => new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();

        Assert.Equal(TimeSpan.FromHours(hours), BusinessTime.Between(At(midnight), At(midnight.AddDays(1)), BusinessTime.Calendar("round-the-clock")));
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
