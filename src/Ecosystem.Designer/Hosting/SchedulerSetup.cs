using Ecosystem.Workflows.Scheduling;
using Ecosystem.Workflows.Storage;
using Microsoft.Data.Sqlite;
using Quartz;

namespace Ecosystem.Designer.Hosting;

/// <summary>
/// Runs the recurring work in the processes that serve the site. The schedule is stored: what was due while nothing ran is done when
/// something does again. On SQLite in a file of its own, so that a minute's work never waits for a case; on a server beside the facts, where
/// several processes share it.
/// </summary>
internal static class SchedulerSetup
{
    /// <summary>Adds the scheduler.</summary>
    public static void AddRecurringWork(this IServiceCollection services, StorageOptions storage, DataDirectory data)
    {
        services.AddQuartz(quartz => quartz.UsePersistentStore(store =>
        {
            store.UseSystemTextJsonSerializer();
            store.ProvisionSchema();
            switch (storage.Provider)
            {
                case DatabaseProvider.PostgreSql:
                    store.UsePostgres(storage.ConnectionString);
                    store.UseClustering();
                    break;
                case DatabaseProvider.SqlServer:
                    store.UseSqlServer(storage.ConnectionString);
                    store.UseClustering();
                    break;
                default:
                    store.UseSqlite(new SqliteConnectionStringBuilder { DataSource = data.Locate("scheduler.db"), DefaultTimeout = 60 }.ToString());
                    break;
            }
        }));
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
        services.AddHostedService<Schedule>();
    }

    private sealed class Schedule(ISchedulerFactory schedulers, TimeProvider clock) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            var scheduler = await schedulers.GetScheduler(cancellationToken);
            foreach (var (name, _, cron, _) in RecurringWork.All)
            {
                var (job, trigger) = RecurringWork.Build(name, clock);
                if (IsKept(await scheduler.GetTrigger(trigger.Key, cancellationToken), trigger, cron))
                {
                    // A job that could not be made, as in a process that was just ending, is no reason to give its work up for ever.
                    await scheduler.ResetTriggerFromErrorState(trigger.Key, cancellationToken);
                }
                else
                {
                    await scheduler.ScheduleJob(job, [trigger], new() { Replace = true }, cancellationToken);
                }
            }
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        // A stored trigger knows what was missed. One that is due later than a new one would be comes from another calendar or from a clock that
        // ran ahead.
        private static bool IsKept(ITrigger? stored, ITrigger fresh, string cron) =>
            stored is ICronTrigger { CronExpressionString: var before } && before == cron && stored.NextFireTimeUtc <= fresh.GetFireTimeAfter(fresh.StartTimeUtc);
    }
}
