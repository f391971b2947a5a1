using Ecosystem.Temporal.Schedules.Specs;
using Google.Protobuf;
using Temporalio.Api.Schedule.V1;

namespace Ecosystem.Temporal.Tests.Schedules;

public class CompiledScheduleSpecTests
{
    /// <summary>A zone that the schedule brings along, with no more than the rule for all years, has the times of the zone of that name.</summary>
    [Theory]
    [InlineData("Europe/Berlin", 3600, "CET-1CEST,M3.5.0,M10.5.0/3")]
    [InlineData("America/New_York", -18000, "EST5EDT,M3.2.0,M11.1.0")]
    [InlineData("America/Santiago", -14400, "<-04>4<-03>,M9.1.6/24,M4.1.6/24")]
    [InlineData("Asia/Kolkata", 19800, "IST-5:30")]
    public void Between_ZoneAsFile_ListsTheTimesOfTheNamedZone(string name, int offset, string rule)
    {
        var named = new ScheduleSpec { TimezoneName = name, Calendar = { new CalendarSpec { Minute = "0", Hour = "*" } } };
        var file = named.Clone();
        file.TimezoneName = "mine";
        file.TimezoneData = ByteString.CopyFrom(ZoneFile(offset, rule));
        var (from, until) = (Instant("2041-01-01"), Instant("2042-01-01"));

        var times = CompiledScheduleSpec.Compile(file).Between("seed", from, until, 10_000);

        Assert.Equal(CompiledScheduleSpec.Compile(named).Between("seed", from, until, 10_000), times);
        Assert.NotEmpty(times);
    }

    [Theory]
    [InlineData("")]
    [InlineData("M3.5.0")]
    [InlineData("CET-1CEST,M3.5")]
    public void Compile_ZoneFileThatIsNone_IsRefused(string rule)
    {
        var spec = new ScheduleSpec { TimezoneData = rule.Length == 0 ? ByteString.CopyFromUtf8("no zone") : ByteString.CopyFrom(ZoneFile(3600, rule)) };

        Assert.Equal("malformed time zone information", Assert.Throws<ScheduleSpecException>(() => CompiledScheduleSpec.Compile(spec)).Message);
    }

    /// <summary>A zone file of version 2 with one offset and a rule.</summary>
    private static byte[] ZoneFile(int offset, string rule)
    {
        byte[] block = [.. "TZif2"u8, .. new byte[15 + (4 * 4)], 0, 0, 0, 1, 0, 0, 0, 4, .. BitConverter.GetBytes(offset).Reverse(), 0, 0, .. "LMT\0"u8];
        return [.. block, .. block, .. System.Text.Encoding.ASCII.GetBytes($"\n{rule}\n")];
    }

    [Theory]
    [InlineData("""{"calendar":[{"hour":"12","dayOfMonth":"31"},{"hour":"12","dayOfMonth":"29","month":"2"}]}""", "2040-01-01", "2040-04-01",
        "2040-01-31T12:00:00Z 2040-02-29T12:00:00Z 2040-03-31T12:00:00Z")]
    [InlineData("""{"calendar":[{"dayOfMonth":"30","month":"2"},{"dayOfMonth":"1","month":"6","year":"2041,2043,2050"},{"hour":"9","dayOfMonth":"4","month":"July","year":"2040-2060/7"}]}""",
        "2040-01-01", "2050-01-01", "2040-07-04T09:00:00Z 2041-06-01T00:00:00Z 2043-06-01T00:00:00Z 2047-07-04T09:00:00Z")]
    [InlineData("""{"calendar":[{"minute":"0,30","hour":"0"}],"timezoneName":"America/Santiago"}""", "2040-09-01", "2040-09-04",
        "2040-09-01T04:00:00Z 2040-09-01T04:30:00Z 2040-09-03T03:00:00Z 2040-09-03T03:30:00Z")]
    [InlineData("""{"calendar":[{"minute":"0","hour":"*"}],"timezoneName":"Europe/Berlin"}""", "2040-10-27T22:00:00Z", "2040-10-28T03:00:00Z",
        "2040-10-27T23:00:00Z 2040-10-28T00:00:00Z 2040-10-28T02:00:00Z 2040-10-28T03:00:00Z")]
    [InlineData("""{"calendar":[{"minute":"0","hour":"*"}],"timezoneName":"Europe/Berlin"}""", "2040-03-24T23:00:00Z", "2040-03-25T02:00:00Z",
        "2040-03-25T00:00:00Z 2040-03-25T01:00:00Z 2040-03-25T02:00:00Z")]
    [InlineData("""{"calendar":[{"minute":"0","hour":"*"}],"timezoneName":"America/New_York"}""", "2040-11-04T03:00:00Z", "2040-11-04T08:00:00Z",
        "2040-11-04T04:00:00Z 2040-11-04T05:00:00Z 2040-11-04T06:00:00Z 2040-11-04T07:00:00Z 2040-11-04T08:00:00Z")]
    [InlineData("""{"calendar":[{"minute":"30","hour":"1"}],"timezoneName":"America/New_York"}""", "2040-11-03T12:00:00Z", "2040-11-06T00:00:00Z",
        "2040-11-04T05:30:00Z 2040-11-04T06:30:00Z 2040-11-05T06:30:00Z")]
    [InlineData("""{"calendar":[{"minute":"30","hour":"2"}],"timezoneName":"America/New_York"}""", "2040-03-10T00:00:00Z", "2040-03-13T00:00:00Z",
        "2040-03-10T07:30:00Z 2040-03-12T06:30:00Z")]
    [InlineData("""{"calendar":[{"hour":"3","dayOfWeek":"sunday"}],"timezoneName":"America/Santiago"}""", "2040-08-30", "2040-09-10", "2040-09-09T06:00:00Z")]
    [InlineData("""{"calendar":[{"second":"*/20","minute":"59","hour":"23"}]}""", "2040-01-01T23:59:19.5Z", "2040-01-02T00:10:00Z", "2040-01-01T23:59:20Z 2040-01-01T23:59:40Z")]
    [InlineData("""{"interval":[{"interval":"604800s","phase":"259200s"}],"startTime":"2040-01-01T00:00:00Z","endTime":"2040-01-20T00:00:00Z"}""", "2039-01-01", "2041-01-01",
        "2040-01-01T00:00:00Z 2040-01-08T00:00:00Z 2040-01-15T00:00:00Z")]
    [InlineData("""{"cronString":["@every 8h/1h30m"]}""", "2040-01-01", "2040-01-01T20:00:00Z", "2040-01-01T01:30:00Z 2040-01-01T09:30:00Z 2040-01-01T17:30:00Z")]
    [InlineData("""{"cronString":["TZ=Asia/Tokyo 0 0 * * MON-Tue,7 # note"]}""", "2040-01-01", "2040-01-10",
        "2040-01-01T15:00:00Z 2040-01-02T15:00:00Z 2040-01-07T15:00:00Z 2040-01-08T15:00:00Z 2040-01-09T15:00:00Z")]
    [InlineData("""{"structuredCalendar":[{"minute":[{}],"hour":[{"start":8}],"dayOfMonth":[{"start":1,"end":31}],"month":[{"start":1,"end":12}],"dayOfWeek":[{"end":6}]}]}""",
        "2040-01-01", "2040-01-03", "")]
    [InlineData("""{"calendar":[{"hour":"8"}],"excludeCalendar":[{"hour":"8","dayOfMonth":"2"}]}""", "2040-01-01", "2040-01-04", "2040-01-01T08:00:00Z 2040-01-03T08:00:00Z")]
    public void Between_Specification_ListsItsTimes(string json, string after, string until, string expected)
    {
        var spec = CompiledScheduleSpec.Compile(JsonParser.Default.Parse<ScheduleSpec>(json));

        var times = spec.Between("seed", Instant(after), Instant(until), 1000);

        Assert.Equal(expected, string.Join(' ', times.Select(time => time.Actual.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture))));
    }

    [Theory]
    [InlineData("""{"cronString":["* * *"]}""", "CronString does not have 5-7 fields")]
    [InlineData("""{"cronString":["61 * * * *"]}""", "Minute is not in range [0-59]")]
    [InlineData("""{"cronString":["@every x"]}""", "time: invalid duration \"x\"")]
    [InlineData("""{"cronString":["@every 30"]}""", "time: missing unit in duration \"30\"")]
    [InlineData("""{"calendar":[{"dayOfWeek":"Funday"}]}""", "DayOfWeek is not in range [0-7]")]
    [InlineData("""{"calendar":[{"hour":"25","minute":"10-5"}]}""", "Minute End is before Start or not in range [0-59], Hour is not in range [0-23]")]
    [InlineData("""{"calendar":[{"minute":"*/0"}]}""", "Minute has invalid Step")]
    [InlineData("""{"structuredCalendar":[{"month":[{"start":13}]}]}""", "invalid calendar spec: Month Start is not in range [1-12]")]
    [InlineData("""{"interval":[{"interval":"60s","phase":"60s"}]}""", "phase cannot be greater than Interval")]
    [InlineData("""{"timezoneName":"Mars/Olympus"}""", "unknown time zone Mars/Olympus")]
    [InlineData("""{"timezoneName":"UTC+3"}""", "unknown time zone UTC+3")]
    [InlineData("""{"timezoneName":"../etc/passwd"}""", "time: invalid location name")]
    [InlineData("""{"cronString":["CRON_TZ=Asia/Tokyo 0 0 * * *","0 1 * * *"]}""", "conflicting timezone names")]
    public void Compile_Refused_SaysWhy(string json, string message) =>
        Assert.Equal(message, Assert.Throws<ScheduleSpecException>(() => CompiledScheduleSpec.Compile(JsonParser.Default.Parse<ScheduleSpec>(json))).Message);

    [Fact]
    public void Next_WithJitter_StaysBelowTheNextTimeAndRepeats()
    {
        var spec = CompiledScheduleSpec.Compile(JsonParser.Default.Parse<ScheduleSpec>("""{"interval":[{"interval":"60s"}],"jitter":"600s"}"""));

        var times = spec.Between("seed", Instant("2040-01-01"), Instant("2040-01-01T01:00:00Z"), 1000);

        Assert.Equal(times, spec.Between("seed", Instant("2040-01-01"), Instant("2040-01-01T01:00:00Z"), 1000));
        Assert.All(times, time => Assert.InRange(time.Actual - time.Nominal, TimeSpan.Zero, TimeSpan.FromSeconds(60)));
        Assert.Contains(times, time => time.Actual > time.Nominal);
    }

    private static DateTimeOffset Instant(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal);
}
