using System.Runtime.ExceptionServices;

namespace Ecosystem.Workflows.Definitions;

/// <summary>
/// Reads one definition, once for all who ask at the same time, on a thread of its own. A workflow's thread may start neither timers nor
/// tasks, and a database driver does both; this thread has nothing of the workflow's scheduler or context. Safe for use by many threads.
/// </summary>
internal sealed class PlanLoad
{
    // Temporal takes a workflow thread for dead after two seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);
    private readonly Lazy<Thread> thread;
    private ProcessPlan? plan;
    private ExceptionDispatchInfo? failure;

    internal PlanLoad(Func<ProcessPlan> read) => thread = new Lazy<Thread>(() =>
    {
        var reader = new Thread(() => Read(read)) { IsBackground = true, Name = "Definition reader" };
        reader.UnsafeStart();
        return reader;
    });

    /// <summary>Whether there is nothing more to wait for.</summary>
    internal bool HasEnded => thread.IsValueCreated && !thread.Value.IsAlive;

    /// <summary>Waits for the definition.</summary>
    /// <exception cref="TimeoutException">It takes longer than a workflow's thread may wait. It goes on being read.</exception>
    internal ProcessPlan Wait()
    {
        if (!thread.Value.Join(Patience))
        {
            throw new TimeoutException("The definition is still being read from the database.");
        }

        failure?.Throw();
        return plan!;
    }

    private void Read(Func<ProcessPlan> read)
    {
        try
        {
            plan = read();
        }
        catch (Exception exception)
        {
            failure = ExceptionDispatchInfo.Capture(exception);
        }
    }
}
