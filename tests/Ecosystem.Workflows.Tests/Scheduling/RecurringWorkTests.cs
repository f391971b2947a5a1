using Ecosystem.Workflows.Scheduling;
using Quartz.Extensibility;

namespace Ecosystem.Workflows.Tests.Scheduling;

public sealed class RecurringWorkTests
{
    /// <summary>What was missed is made up for once, at the scheduler's present: by another clock it would have been missed again at once, and for ever.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Build_ClockAhead_MissedWorkIsDueAtThatClocksPresent(string name)
    {
        var clock = new Ahead(TimeSpan.FromDays(40));
        var trigger = (IOperableTrigger)RecurringWork.Build(name, clock).Trigger;
        trigger.ComputeFirstFireTimeUtc(null);
        Assert.True(trigger.NextFireTimeUtc > clock.GetUtcNow());
        trigger.UpdateAfterMisfire(null);
        Assert.InRange(trigger.NextFireTimeUtc!.Value, clock.GetUtcNow().AddMinutes(-1), clock.GetUtcNow());
    }

    public static TheoryData<string> Names() => [.. RecurringWork.All.Select(work => work.Name)];

    private sealed class Ahead(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
