using Ecosystem.Designer.Components;
using Ecosystem.Workflows;
using Ecosystem.Workflows.Definitions;

namespace Ecosystem.Designer.Tests.Components;

public sealed class CaseMarksTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_StepThatWaitedTwice_AddsTheTimesAndShowsTheLastOutcome()
    {
        var marks = CaseMarks.Of(
            [
                Entry(1, "review", 1, "Waiting", Monday), Entry(2, "review", 1, "Completed", Monday.AddHours(3), "Ask"),
                Entry(3, "review", 5, "Waiting", Monday.AddDays(1)), Entry(4, "review", 5, "Completed", Monday.AddDays(1).AddHours(2), "Approve"),
            ],
            Case(null),
            Monday.AddDays(9));
        Assert.Equal(new StepMark("done", "Approve", TimeSpan.FromHours(5), 4), marks["review"]);
    }

    [Fact]
    public void Of_StepThatWaits_CountsUntilNowAndNamesWho()
    {
        var marks = CaseMarks.Of([Entry(1, "review", 1, "Waiting", Monday)], Case("approver"), Monday.AddDays(2));
        Assert.Equal(new StepMark("waiting", "for approvers", TimeSpan.FromDays(2), 1), marks["review"]);
    }

    [Fact]
    public void Of_TwoStepsThatWait_NamesNobodyAsTheCaseKnowsOnlyOneOfThem()
    {
        var marks = CaseMarks.Of([Entry(1, "plan", 1, "Waiting", Monday), Entry(2, "first deal", 2, "Waiting", Monday)], Case("approver"), Monday);
        Assert.All(marks.Values, mark => Assert.Equal(("waiting", null), (mark.State, mark.Note)));
    }

    [Fact]
    public void Of_WaitingForThePartnerWhoReadsIt_SaysYou() =>
        Assert.Equal("for you", CaseMarks.Of([Entry(1, "sign", 1, "Waiting", Monday)], Case("ptn-1"), Monday, "ptn-1")["sign"].Note);

    [Theory]
    [InlineData("Partner", "ptn-1", "You act next: Approve the deal. It is due in 2 days.")]
    [InlineData("Partner", null, "The partner acts next: Approve the deal. It is due in 2 days.")]
    [InlineData("approver", null, "Approvers act next: Approve the deal. It is due in 2 days.")]
    [InlineData("approver", "ptn-1", "Our approvers act next: Approve the deal. You need not do anything now. It is due in 2 days.")]
    [InlineData("ptn-1", "ptn-1", "You act next: Approve the deal. It is due in 2 days.")]
    [InlineData("ptn-1", null, "The partner acts next: Approve the deal. It is due in 2 days.")]
    public void Standing_Waiting_SaysWhoActsAndByWhen(string who, string? reader, string expected)
    {
        var record = Case(who);
        record.WaitingForWhat = "Approve the deal";
        record.Due = Monday.AddDays(2).AddMinutes(1);
        Assert.Equal(expected, CaseWords.Standing(record, reader, Monday));
    }

    [Theory]
    [InlineData(null, null, "Our system")]
    [InlineData("ops", null, "Operations")]
    [InlineData("ptn-1", null, "The partner")]
    [InlineData("ptn-1", "ptn-1", "You")]
    [InlineData("finance", "ptn-1", "Our finance")]
    public void Acts_StandingByItself_NamesNoId(string? who, string? reader, string expected) => Assert.Equal(expected, CaseWords.Acts(who, reader));

    private static CaseHistoryEntry Entry(int number, string step, long execution, string status, DateTimeOffset at, string? outcome = null) => new()
    {
        CaseId = new CaseId("c-1"), Number = number, StepId = step, Name = step, Type = "Ecosystem.HumanTask", Status = status, Outcome = outcome, At = at, Execution = execution,
    };

    private static CaseRecord Case(string? waitsFor) => new()
    {
        Id = new CaseId("c-1"), Kind = "deal-registration", SubjectKind = "deal", SubjectId = "d-1", Status = CaseStatus.Running, WaitingForWho = waitsFor,
    };
}
