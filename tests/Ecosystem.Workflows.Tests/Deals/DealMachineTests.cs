using CsCheck;
using Ecosystem.Workflows.Deals;

namespace Ecosystem.Workflows.Tests.Deals;

public sealed class DealMachineTests
{
    private static readonly DateTimeOffset Start = TestClock.DefaultStart;
    private static readonly ProtectionPolicy Policy = ProtectionPolicy.Default;

    private static readonly Gen<(DealAction Action, int Days, bool WithReason, int Length, bool Activity)> Steps =
        Gen.Select(Gen.Enum<DealAction>(), Gen.Int[0, 60], Gen.Bool, Gen.Int[20, 100], Gen.Bool);

    [Fact]
    public void Decide_AnyCommands_ReachOnlyDefinedStates() => Steps.Array[0, 60].Sample(steps =>
    {
        var (facts, now) = (new DealFacts { State = DealState.Draft }, Start);
        foreach (var step in steps)
        {
            now = now.AddDays(step.Days);
            facts = step.Activity ? facts with { LastActivityOn = DateOnly.FromDateTime(now.UtcDateTime) } : facts;
            var command = new DealCommand(step.Action, now, step.WithReason ? "Because." : null) { Days = step.Days % 2 == 0 ? null : step.Length, Resubmittable = step.WithReason };
            var result = DealMachine.Decide(facts, command, Policy);
            if (result.TryGet(out var transition))
            {
                Assert.False(facts.State.IsFinal());
                Assert.Contains(step.Action, DealMachine.ActionsIn(facts.State));
                Assert.False(string.IsNullOrWhiteSpace(transition.Reason));
                facts = transition.After;
            }
            else
            {
                Assert.False(string.IsNullOrWhiteSpace(result.Refusal!.Message));
            }

            Assert.True(Enum.IsDefined(facts.State));
            Assert.InRange(facts.Extensions, 0, Policy.MaxExtensions);
            Assert.InRange(facts.Resubmissions, 0, Policy.MaxResubmissions);
            Assert.True(facts.State != DealState.Protected || facts.ProtectedUntil is not null);
        }
    });

    [Theory]
    [InlineData(DealState.Won)]
    [InlineData(DealState.Lost)]
    [InlineData(DealState.Expired)]
    [InlineData(DealState.Withdrawn)]
    [InlineData(DealState.Revoked)]
    public void ActionsIn_FinalState_AreNone(DealState state) => Assert.Empty(DealMachine.ActionsIn(state));

    [Fact]
    public void ActionsIn_StatesThatAreNotFinal_AreSome() =>
        Assert.All(Enum.GetValues<DealState>().Where(state => !state.IsFinal()), state => Assert.NotEmpty(DealMachine.ActionsIn(state)));

    [Fact]
    public void Protect_ByDefault_Lasts90Days()
    {
        var after = Do(In(DealState.PendingApproval), DealAction.Protect);
        Assert.Equal((DealState.Protected, Start.AddDays(90)), (after.State, after.ProtectedUntil!.Value));
    }

    [Fact]
    public void Protect_WhileInDispute_IsRefused() =>
        Assert.Equal("deal.in-dispute", Refused(In(DealState.PendingApproval) with { Dispute = DisputeState.Open }, DealAction.Protect).Code);

    [Fact]
    public void Expire_BeforeTheEnd_IsRefused()
    {
        Assert.Equal("deal.still-protected", Refused(Protected(), DealAction.Expire, 89).Code);
        Assert.Equal(DealState.Expired, Do(Protected(), DealAction.Expire, 90).State);
    }

    [Fact]
    public void Extension_TwiceWithActivity_IsGrantedTheThirdTimeNot()
    {
        var facts = Protected();
        for (var (i, day) = (0, 80); i < 2; i++, day += 45)
        {
            facts = facts with { LastActivityOn = Day(day - 5) };
            facts = Do(facts, DealAction.RequestExtension, day);
            Assert.Equal("deal.extension-pending", Refused(facts, DealAction.RequestExtension, day).Code);
            facts = Do(facts, DealAction.GrantExtension, day + 1);
            Assert.Equal(Start.AddDays(90 + (45 * (i + 1))), facts.ProtectedUntil);
        }

        Assert.Equal("deal.extensions-used", Refused(facts with { LastActivityOn = Day(160) }, DealAction.RequestExtension, 170).Code);
    }

    [Fact]
    public void Extension_TooLateOrWithoutActivity_IsRefused()
    {
        var active = Protected() with { LastActivityOn = Day(80) };
        Assert.Equal("deal.extension-late", Refused(active, DealAction.RequestExtension, 84).Code);
        Assert.Equal(ExtensionState.Requested, Do(active, DealAction.RequestExtension, 83).Extension);
        Assert.Equal("deal.no-activity", Refused(Protected() with { LastActivityOn = Day(20) }, DealAction.RequestExtension, 60).Code);
        Assert.Equal("deal.no-activity", Refused(Protected(), DealAction.RequestExtension, 10).Code);
    }

    [Fact]
    public void Reject_Resubmittable_ComesBackTwice()
    {
        var facts = In(DealState.Checking);
        for (var i = 0; i < 2; i++)
        {
            facts = DealMachine.Decide(facts, new DealCommand(DealAction.Reject, Start, "Incomplete.") { Resubmittable = true }, Policy).Value.After;
            facts = Do(Do(facts, DealAction.Resubmit), DealAction.StartChecks);
        }

        facts = DealMachine.Decide(facts, new DealCommand(DealAction.Reject, Start, "Incomplete.") { Resubmittable = true }, Policy).Value.After;
        Assert.Equal("deal.resubmissions-used", Refused(facts, DealAction.Resubmit).Code);
        Assert.Equal("deal.not-resubmittable", Refused(In(DealState.Rejected), DealAction.Resubmit).Code);
    }

    [Fact]
    public void Decide_WithoutTheNeededReason_IsRefusedNamingTheField()
    {
        var refusal = DealMachine.Decide(Protected(), new DealCommand(DealAction.Withdraw, Start), Policy).Refusal!;
        Assert.Equal(("deal.reason-missing", "reason"), (refusal.Code, refusal.Field));
    }

    [Fact]
    public void Decide_WrongState_SaysWhichWouldBeRight()
    {
        var refusal = Refused(In(DealState.UnderReview), DealAction.Win);
        Assert.Equal("deal.wrong-state", refusal.Code);
        Assert.Contains("Protected", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Win_AfterTheProtectionEnded_IsRefused() => Assert.Equal("deal.protection-over", Refused(Protected(), DealAction.Win, 91).Code);

    [Fact]
    public void Warnings_AreThirtyFourteenSevenAndOneDayBefore() =>
        Assert.Equal([60d, 76d, 83d, 89d], Policy.Warnings(Start, Start.AddDays(90)).Select(time => (time - Start).TotalDays));

    private static DealFacts In(DealState state) => new() { State = state };

    private static DealFacts Protected() => Do(In(DealState.PendingApproval), DealAction.Protect);

    private static DateOnly Day(int day) => DateOnly.FromDateTime(Start.AddDays(day).UtcDateTime);

    private static DealFacts Do(DealFacts facts, DealAction action, int day = 0) =>
        DealMachine.Decide(facts, new DealCommand(action, Start.AddDays(day), "Because."), Policy).Value.After;

    private static Refusal Refused(DealFacts facts, DealAction action, int day = 0) =>
        DealMachine.Decide(facts, new DealCommand(action, Start.AddDays(day), "Because."), Policy).Refusal!;
}
