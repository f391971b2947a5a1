using Ecosystem.Designer.Components;

namespace Ecosystem.Designer.Tests.Components;

public class WordsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("UnderReview", "Under review")]
    [InlineData("deal-registration", "Deal registration")]
    [InlineData("Won", "Won")]
    [InlineData("False", "No")]
    [InlineData("Timeout", "Late")]
    [InlineData(null, "–")]
    public void Of_Code_ReadsAsWords(string? code, string words) => Assert.Equal(words, Words.Of(code));

    [Theory]
    [InlineData("Agree the 30-60-90 day plan", "Agree the 30-60-90 day plan")]
    [InlineData("Re-take", "Re-take")]
    [InlineData("auto-approve", "Auto approve")]
    [InlineData("remindCourses", "Remind courses")]
    public void Named_NameOrCode_LeavesWhatWasWrittenForPeople(string text, string words) => Assert.Equal(words, Words.Named(text));

    [Theory]
    [InlineData(0, "now")]
    [InlineData(60, "in 1 minute")]
    [InlineData(-7200, "2 hours ago")]
    [InlineData(3 * 86400, "in 3 days")]
    [InlineData(-40 * 86400, "15 Oct 2026")]
    public void Near_Time_ReadsAsPeopleSayIt(int seconds, string words) => Assert.Equal(words, Words.Near(Now.AddSeconds(seconds), Now));
}
