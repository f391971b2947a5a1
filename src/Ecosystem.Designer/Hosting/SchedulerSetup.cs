using Ecosystem.Workflows.Scheduling;
using Quartz;

namespace Ecosystem.Designer.Hosting;

/// <summary>
/// Runs the recurring work in the one process that serves the site. Every job does what is due when it runs and makes up for what it
/// missed, so the schedule itself need not be stored.
/// </summary>
internal static class SchedulerSetup
{
    /// <summary>Adds the scheduler.</summary>
    public static void AddRecurringWork(this IServiceCollection services)
    {
        services.AddQuartz();
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
        services.AddHostedService<Schedule>();
    }

    private sealed class Schedule(ISchedulerFactory schedulers, TimeProvider clock) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            var scheduler = await schedulers.GetScheduler(cancellationToken);
            foreach (var (name, _, _, _) in RecurringWork.All)
            {
                var (job, trigger) = RecurringWork.Build(name, clock);
                await scheduler.ScheduleJob(job, trigger, cancellationToken: cancellationToken);
            }
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
