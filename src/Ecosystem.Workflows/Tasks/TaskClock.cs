using Ecosystem.Workflows.Tasks.Calendars;

namespace Ecosystem.Workflows.Tasks;

/// <summary>
/// The clock of a task: it runs in working time of the task's calendar, stands still while the task waits for its submitter, and strikes at
/// 50 % (remind), 80 % (warn), 100 % (delegate or manager), 200 % (head of channel) and 300 % (the default) of the time there is. Pure.
/// </summary>
internal static class TaskClock
{
    /// <summary>Steps of escalation; their numbers are <see cref="HumanTask.Escalation"/>.</summary>
    internal const int Reminded = 1;
    internal const int Warned = 2;
    internal const int WithManager = 3;
    internal const int WithHead = 4;
    internal const int Defaulted = 5;

    private static readonly double[] Shares = [0, 0.5, 0.8, 1, 2, 3];

    /// <summary>When a step of escalation is due; null when the task has no due date.</summary>
    internal static DateTimeOffset? StepAt(HumanTask task, int step)
    {
        if (task.Due is not { } due)
        {
            return null;
        }

        if (step == WithManager)
        {
            return due;
        }

        var calendar = BusinessTime.Calendar(task.Calendar);
        var paused = TimeSpan.FromTicks(task.PausedTicks);
        var allowed = BusinessTime.Between(task.CreatedAt, due, calendar) - paused;

        // A due date without working time before it (an hour on a Sunday) is reckoned in plain time.
        return allowed > TimeSpan.Zero
            ? BusinessTime.Add(task.CreatedAt, (allowed * Shares[step]) + paused, calendar)
            : task.CreatedAt + ((due - task.CreatedAt) * Shares[step]);
    }

    /// <summary>When the next step of escalation is due; null when there is none or the clock stands still.</summary>
    internal static DateTimeOffset? NextStep(HumanTask task) =>
        task.IsOpen && task.State != TaskState.Returned && task.Escalation < Defaulted ? StepAt(task, task.Escalation + 1) : null;

    /// <summary>The furthest step that is due at a time.</summary>
    internal static int StepDue(HumanTask task, DateTimeOffset now)
    {
        var step = task.Escalation;
        while (step < Defaulted && StepAt(task, step + 1) <= now)
        {
            step++;
        }

        return step;
    }

    /// <summary>Stops the clock.</summary>
    internal static void Stop(HumanTask task, DateTimeOffset now)
    {
        task.ReturnedAt = now;
        task.EscalateAt = null;
    }

    /// <summary>Lets the clock run on with the working time that was left; what was late stays late.</summary>
    internal static void GoOn(HumanTask task, DateTimeOffset now)
    {
        if (task.ReturnedAt is not { } stopped)
        {
            return;
        }

        if (task.Due is { } due && due > stopped)
        {
            var calendar = BusinessTime.Calendar(task.Calendar);
            task.PausedTicks += BusinessTime.Between(stopped, now, calendar).Ticks;
            task.Due = BusinessTime.Between(stopped, due, calendar) is var left && left > TimeSpan.Zero ? BusinessTime.Add(now, left, calendar) : now + (due - stopped);
        }

        task.ReturnedAt = null;
        task.ReturnedToPartner = null;
        task.ReturnedToPerson = null;
        task.EscalateAt = NextStep(task);
    }
}
