namespace Ecosystem.Temporal.Storage;

/// <summary>What the store keeps of one run beside its history.</summary>
internal sealed record ExecutionRow
{
    /// <summary>Number of the run, rising in the order of creation; the store's primary key.</summary>
    public required long Key { get; init; }

    public required string Namespace { get; init; }

    public required string WorkflowId { get; init; }

    public required string RunId { get; init; }

    /// <summary>Request id of the start, by which a repeated start is recognised.</summary>
    public required string RequestId { get; init; }

    /// <summary>A <see cref="WorkflowExecutionStatus"/>.</summary>
    public required int Status { get; init; }

    /// <summary>The status in the row that this one replaces; 0 if there is none, or it is not known.</summary>
    public int StoredStatus { get; init; }

    /// <summary>State that events don't carry (attempts, heartbeats, buffered events); see <c>StateOverlay</c>.</summary>
    public required byte[] Overlay { get; init; }

    /// <summary>UTC ticks of the earliest timer of the run, or <see cref="long.MaxValue"/>.</summary>
    public required long Due { get; init; }

    /// <summary>True if a task waits to be handed out or a message to be sent, so that a restart has to take the run up.</summary>
    public required bool Ready { get; init; }

    /// <summary>True if the run can no longer stand for its workflow id, as a later run did and was deleted.</summary>
    public bool Superseded { get; init; }
}
