using Ecosystem.Workflows.Tasks;
using Quartz;

namespace Ecosystem.Workflows.Scheduling;

/// <summary>The recurring work and when it is due. The host adds it to its scheduler, on whatever store that has.</summary>
public static class RecurringWork
{
    /// <summary>The jobs: name, class, and when, as a Quartz cron expression in UTC.</summary>
    public static IReadOnlyList<(string Name, Func<string, string, IJobDetail> Job, string Cron, string Description)> All { get; } =
    [
        ("task-escalation", Make<TaskEscalationJob>, "0 * * * * ?", "Reminds of tasks, escalates late ones, hands over those of people who are away: every minute"),
        ("protection-sweep", Make<ProtectionSweepJob>, "0 15 4 * * ?", "Warns of protections that end, expires what was missed, frees holds: every day at 04:15"),
        ("tier-review", Make<TierReviewJob>, "0 30 4 * * ?", "Reviews the tiers that are due: every day at 04:30"),
        ("rescreening", Make<RescreeningJob>, "0 45 4 * * ?", "Screens partners again whose screening is due: every day at 04:45"),
        ("re-enablement", Make<ReEnablementJob>, "0 0 5 ? * MON", "Looks for partners that went quiet and helps them back: every Monday at 05:00"),
        ("payout-calendar", Make<PayoutCalendarJob>, "0 0 6 5 * ?", "Issues last month's statements and asks for its payout runs: on the fifth at 06:00"),
    ];

    /// <summary>The job and its trigger, for a scheduler.</summary>
    /// <param name="name">One of the names in <see cref="All"/>.</param>
    /// <param name="clock">The scheduler's clock. A trigger on another one would be late by it for ever, whatever is made up for.</param>
    /// <exception cref="ArgumentException">There is no such work.</exception>
    public static (IJobDetail Job, ITrigger Trigger) Build(string name, TimeProvider clock)
    {
        var work = All.FirstOrDefault(work => work.Name == name);
        if (work.Job is null)
        {
            throw new ArgumentException($"There is no recurring work '{name}'.", nameof(name));
        }

        return (
            work.Job(work.Name, work.Description),
            TriggerBuilder.Create(clock).WithIdentity(work.Name).ForJob(work.Name)
                .WithCronSchedule(work.Cron, schedule => schedule.InTimeZone(TimeZoneInfo.Utc).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed)).Build());
    }

    private static IJobDetail Make<T>(string name, string description)
        where T : IJob => JobBuilder.Create<T>().WithIdentity(name).WithDescription(description).StoreDurably().RequestRecovery().Build();
}
