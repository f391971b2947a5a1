namespace Ecosystem.Temporal.Executions;

/// <summary>A command or message of a workflow task is not good: the task fails, and nothing of it is kept.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1064", Justification = "It never leaves the assembly: calls answer with RPC errors.")]
internal sealed class CommandException(WorkflowTaskFailedCause cause, string message, bool terminates = false) : Exception(message)
{
    /// <summary>True if no other attempt could do better, so that the run ends with the task.</summary>
    public bool Terminates { get; } = terminates;

    public WorkflowTaskFailedCause FailureCause { get; } = cause;

    /// <summary>What caller and history are told.</summary>
    public string Text { get; } = message.Length == 0 ? cause.ToString() : $"{cause}: {message}";
}
