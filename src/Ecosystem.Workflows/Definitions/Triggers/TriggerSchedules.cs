using System.Globalization;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Temporalio.Client;
using Temporalio.Client.Schedules;
using Temporalio.Exceptions;

namespace Ecosystem.Workflows.Definitions;

/// <summary>
/// Keeps one Temporal schedule for each cron, timer and start-at trigger of a published definition: makes those that are missing, changes those that say
/// something else now, deletes those whose trigger is gone. It looks when the process starts, when a definition was published or retired, and once a minute.
/// </summary>
internal sealed partial class TriggerSchedules(StorageSession storage, ITemporalClient client, TriggerSignal signal, TimeProvider clock, ILogger<TriggerSchedules> logger) : BackgroundService
{
    private const string Prefix = "trigger/";
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Brings the schedules to what is published.</summary>
    /// <returns>How many schedules were made, changed or deleted.</returns>
    internal async Task<int> SynchroniseAsync(CancellationToken cancellationToken)
    {
        var triggers = await storage.ReadAsync(
            (db, token) => db.Set<TriggerRecord>().AsNoTracking().Where(trigger => trigger.Kind == TriggerKind.Schedule).ToListAsync(token), cancellationToken);
        var wanted = triggers.ToDictionary(trigger => $"{Prefix}{trigger.Id}", StringComparer.Ordinal);
        var changes = 0;
        var known = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var schedule in client.ListSchedulesAsync().WithCancellation(cancellationToken))
        {
            if (!schedule.Id.StartsWith(Prefix, StringComparison.Ordinal))
            {
                continue;
            }

            var handle = client.GetScheduleHandle(schedule.Id);
            if (!wanted.TryGetValue(schedule.Id, out var trigger))
            {
                await handle.DeleteAsync();
                changes++;
                continue;
            }

            known.Add(schedule.Id);
            if ((await handle.DescribeAsync()).Schedule.State.Note != Note(trigger))
            {
                var made = Make(trigger);
                await handle.UpdateAsync(_ => new ScheduleUpdate(made));
                changes++;
            }
        }

        foreach (var (id, trigger) in wanted.Where(pair => !known.Contains(pair.Key)))
        {
            try
            {
                await client.CreateScheduleAsync(id, Make(trigger));
                changes++;
            }
            catch (ScheduleAlreadyRunningException)
            {
                // Another worker was faster.
            }
            catch (Exception exception) when (exception is FormatException or InvalidOperationException or RpcException && !cancellationToken.IsCancellationRequested)
            {
                // One that makes no sense does not keep the others from being made.
                LogFailed(logger, exception);
            }
        }

        return changes;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await SynchroniseAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, exception);
            }

            try
            {
                await signal.WaitAsync(Interval, clock, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private static string Note(TriggerRecord trigger) => $"{trigger.ActivityType} {trigger.Name}";

    private static Schedule Make(TriggerRecord trigger)
    {
        var start = new ScheduledStart(trigger.DefinitionId, trigger.ActivityId);
        var once = trigger.ActivityType == "Elsa.StartAt";
        return new Schedule(
            ScheduleActionStartWorkflow.Create<ScheduledStartWorkflow>(workflow => workflow.RunAsync(start), new WorkflowOptions($"{Prefix}{trigger.Id}", CaseInput.TaskQueue)),
            Spec(trigger))
        {
            Policy = new SchedulePolicy { Overlap = Temporalio.Api.Enums.V1.ScheduleOverlapPolicy.AllowAll, CatchupWindow = TimeSpan.FromHours(1) },
            State = new ScheduleState { Note = Note(trigger), LimitedActions = once, RemainingActions = once ? 1 : 0 },
        };
    }

    private static ScheduleSpec Spec(TriggerRecord trigger)
    {
        switch (trigger.ActivityType)
        {
            case "Elsa.Cron":
                var fields = trigger.Name.Split(' ', StringSplitOptions.RemoveEmptyEntries);

                // With seconds Temporal wants the year as well.
                return new ScheduleSpec { CronExpressions = [fields.Length == 6 ? trigger.Name.Trim() + " *" : trigger.Name.Trim()] };
            case "Elsa.Timer":
                return new ScheduleSpec { Intervals = [new ScheduleIntervalSpec(Durations.Parse(trigger.Name) ?? throw new InvalidOperationException($"'{trigger.Name}' is not a duration."))] };
            default:
                var time = DateTimeOffset.Parse(trigger.Name, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
                return new ScheduleSpec
                {
                    Calendars =
                    [
                        new ScheduleCalendarSpec
                        {
                            Second = [new ScheduleRange(time.Second)],
                            Minute = [new ScheduleRange(time.Minute)],
                            Hour = [new ScheduleRange(time.Hour)],
                            DayOfMonth = [new ScheduleRange(time.Day)],
                            Month = [new ScheduleRange(time.Month)],
                            Year = [new ScheduleRange(time.Year)],
                        },
                    ],
                };
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The schedules of triggers could not be brought up to date; this is tried again within a minute")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
