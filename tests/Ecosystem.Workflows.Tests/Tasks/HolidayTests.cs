using System.Globalization;
using Ecosystem.Workflows.Tasks.Calendars;

namespace Ecosystem.Workflows.Tests.Tasks;

/// <summary>Whole years as published by the authorities of each country.</summary>
public sealed class HolidayTests
{
    [Theory]
    [InlineData(1961, 4, 2)]
    [InlineData(2000, 4, 23)]
    [InlineData(2008, 3, 23)]
    [InlineData(2011, 4, 24)]
    [InlineData(2024, 3, 31)]
    [InlineData(2025, 4, 20)]
    [InlineData(2026, 4, 5)]
    [InlineData(2038, 4, 25)]
    public void Easter_KnownYears_IsRight(int year, int month, int day) => Assert.Equal(new DateOnly(year, month, day), HolidayRule.Easter(year));

    [Theory]
    [InlineData("DE", 2026, "01-01 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26")]
    [InlineData("DE", 2017, "01-01 04-14 04-17 05-01 05-25 06-05 10-03 10-31 12-25 12-26")]
    [InlineData("DE-BY", 2026, "01-01 01-06 04-03 04-06 05-01 05-14 05-25 06-04 08-15 10-03 11-01 12-25 12-26")]
    [InlineData("DE-SN", 2026, "01-01 04-03 04-06 05-01 05-14 05-25 10-03 10-31 11-18 12-25 12-26")]
    [InlineData("DE-BE", 2025, "01-01 03-08 04-18 04-21 05-01 05-08 05-29 06-09 10-03 12-25 12-26")]
    [InlineData("DE-TH", 2026, "01-01 04-03 04-06 05-01 05-14 05-25 09-20 10-03 10-31 12-25 12-26")]
    [InlineData("US", 2026, "01-01 01-19 02-16 05-25 06-19 07-03 07-04 09-07 10-12 11-11 11-26 12-25")]
    [InlineData("US", 2021, "01-01 01-18 02-15 05-31 06-18 06-19 07-04 07-05 09-06 10-11 11-11 11-25 12-24 12-25 12-31")]
    [InlineData("US", 2022, "01-01 01-17 02-21 05-30 06-19 06-20 07-04 09-05 10-10 11-11 11-24 12-25 12-26")]
    [InlineData("GB", 2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-26 12-28")]
    [InlineData("GB", 2022, "01-01 01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-25 12-26 12-27")]
    [InlineData("GB", 2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-25 12-26 12-27 12-28")]
    [InlineData("GB", 2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-26 12-28")]
    [InlineData("GB-SCT", 2022, "01-01 01-02 01-03 01-04 04-15 05-02 06-02 06-03 08-01 09-19 11-30 12-25 12-26 12-27")]
    [InlineData("GB-NIR", 2026, "01-01 03-17 04-03 04-06 05-04 05-25 07-12 07-13 08-31 12-25 12-26 12-28")]
    [InlineData("FR", 2026, "01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25")]
    [InlineData("FR-GES", 2026, "01-01 04-03 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25 12-26")]
    [InlineData("NL", 2025, "01-01 04-20 04-21 04-26 05-05 05-29 06-08 06-09 12-25 12-26")]
    [InlineData("NL", 2026, "01-01 04-05 04-06 04-27 05-14 05-24 05-25 12-25 12-26")]
    [InlineData("IE", 2026, "01-01 02-02 03-17 04-06 05-04 06-01 08-03 10-26 12-25 12-26 12-28")]
    [InlineData("IE", 2030, "01-01 02-01 03-17 03-18 04-22 05-06 06-03 08-05 10-28 12-25 12-26")]
    [InlineData("AT", 2026, "01-01 01-06 04-06 05-01 05-14 05-25 06-04 08-15 10-26 11-01 12-08 12-25 12-26")]
    [InlineData("CA", 2026, "01-01 04-03 05-18 07-01 09-07 09-30 10-12 11-11 12-25 12-26 12-28")]
    [InlineData("SE", 2026, "01-01 01-06 04-03 04-06 05-01 05-14 06-06 06-20 10-31 12-25 12-26")]
    [InlineData("DK", 2023, "01-01 04-06 04-07 04-10 05-05 05-18 05-29 12-25 12-26")]
    [InlineData("DK", 2026, "01-01 04-02 04-03 04-06 05-14 05-25 12-25 12-26")]
    public void In_Year_IsAsPublished(string region, int year, string days) => Assert.Equal(
        days,
        string.Join(' ', HolidayRegion.All[region].In(year).Keys.Order().Select(day => day.ToString("MM-dd", CultureInfo.InvariantCulture))));

    [Fact]
    public void All_Regions_HaveAZoneAndAPlausibleNumberOfHolidays()
    {
        foreach (var region in HolidayRegion.All.Values)
        {
            Assert.NotNull(TimeZoneInfo.FindSystemTimeZoneById(region.Zone));
            for (var year = 2000; year <= 2040; year++)
            {
                Assert.InRange(region.In(year).Count, 4, 18);
            }
        }
    }

    [Fact]
    public void HolidayOn_Day_HasItsName() => Assert.Equal("Day of Repentance", HolidayRegion.All["de-sn"].HolidayOn(new DateOnly(2026, 11, 18)));

    [Theory]
    [InlineData("01-01 New Year's Day")]
    [InlineData("01-01 sometimes = New Year's Day")]
    [InlineData("1-mooday-09 = Labor Day")]
    [InlineData("whenever = Holiday")]
    public void Parse_NoRule_IsRefused(string line) => Assert.Throws<FormatException>(() => HolidayRule.Parse(line));
}
