using System.Text.Json.Nodes;
using Ecosystem.Workflows.Tasks;

namespace Ecosystem.Workflows.Tests.Tasks;

public sealed class DutiesAndTimeTests
{
    [Fact]
    public void MustBeApart_AllPairs_IsSymmetricAndEnforcedOnThePerson()
    {
        foreach (var one in Enum.GetValues<Duty>())
        {
            foreach (var other in Enum.GetValues<Duty>())
            {
                var apart = SegregationOfDuties.MustBeApart(one, other);

                Assert.Equal(apart, SegregationOfDuties.MustBeApart(other, one));
                Assert.Equal(apart, SegregationOfDuties.Check([one], other) is not null);
                Assert.False(apart && one == other);
            }
        }
    }

    [Theory]
    [InlineData(Duty.Create, Duty.Approve)]
    [InlineData(Duty.EditBankDetails, Duty.VerifyBankDetails)]
    [InlineData(Duty.EditBankDetails, Duty.ReleasePayment)]
    [InlineData(Duty.VerifyBankDetails, Duty.ReleasePayment)]
    [InlineData(Duty.WriteRules, Duty.PublishRules)]
    [InlineData(Duty.WriteRules, Duty.ApprovePayout)]
    [InlineData(Duty.RequestException, Duty.GrantException)]
    [InlineData(Duty.Calculate, Duty.DecideDispute)]
    public void MustBeApart_PairsOfTheMatrix_Are(Duty one, Duty other) => Assert.True(SegregationOfDuties.MustBeApart(one, other));

    [Theory]
    [InlineData("2026-11-24T10:00:00Z", "48 business hours", "default", "2026-12-02T10:00:00Z")]
    [InlineData("2026-11-27T16:30:00Z", "1 business hour", "default", "2026-11-30T09:30:00Z")]
    [InlineData("2026-11-28T12:00:00Z", "2 business days", "default", "2026-12-02T09:00:00Z")]
    [InlineData("2026-12-24T15:00:00Z", "2 business hours", "de", "2026-12-28T09:00:00Z")]
    [InlineData("2026-07-02T20:00:00Z", "2 business hours", "us", "2026-07-06T14:00:00Z")]
    [InlineData("2026-03-27T15:30:00Z", "1 business hour", "de", "2026-03-30T07:30:00Z")]
    [InlineData("2026-01-05T09:00:00Z", "P3D", "default", "2026-01-08T09:00:00Z")]
    public void Add_WorkingTime_SkipsNightsWeekendsAndHolidays(string from, string duration, string calendar, string expected) =>
        Assert.Equal(Time(expected), BusinessTime.Add(Time(from), duration, BusinessTime.Calendar(calendar)));

    [Fact]
    public void Between_AfterAdd_GivesTheHoursBack()
    {
        var calendar = BusinessTime.Calendar("uk");
        for (var hour = 0; hour < 200; hour += 7)
        {
            var from = Time("2026-03-20T08:15:00Z").AddHours(hour);

            var to = BusinessTime.Add(from, $"{hour} business hours", calendar)!.Value;

            Assert.Equal(TimeSpan.FromHours(hour), BusinessTime.Between(from, to, calendar));
        }
    }

    [Theory]
    [InlineData(2024, 3, 31)]
    [InlineData(2025, 4, 20)]
    [InlineData(2026, 4, 5)]
    [InlineData(2038, 4, 25)]
    public void Easter_KnownYears_IsRight(int year, int month, int day) => Assert.Equal(new DateOnly(year, month, day), Holidays.Easter(year));

    [Theory]
    [InlineData("""{"name":"A","kind":"x","count":2}""", null, null)]
    [InlineData("""{"kind":"x"}""", "form.required", "name")]
    [InlineData("""{"name":"A","kind":"z"}""", "form.invalid", "kind")]
    [InlineData("""{"name":"A","count":2.5}""", "form.invalid", "count")]
    [InlineData("""{"name":"A","other":1}""", "form.unknown-field", "other")]
    [InlineData("""{"name":"AAAAAAAAAAA"}""", "form.invalid", "name")]
    [InlineData("""{"name":"A","kind":"y"}""", "form.required", "why")]
    public void Check_Form_NamesTheFieldAtFault(string data, string? code, string? field)
    {
        const string schema = """
            {"type":"object","required":["name"],"properties":{"name":{"type":"string","maxLength":10},"kind":{"type":"string","enum":["x","y"]},"count":{"type":"integer","minimum":1},"why":{"type":"string"}},
             "if":{"properties":{"kind":{"const":"y"}}},"then":{"required":["why"]}}
            """;

        var refusal = JsonForm.Check(schema, (JsonObject)JsonNode.Parse(data)!);

        Assert.Equal(code, refusal?.Code);
        Assert.Equal(field, refusal?.Field);
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
