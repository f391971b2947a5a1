namespace Ecosystem.Temporal.Executions;

/// <summary>A timer that has not fired.</summary>
internal sealed record PendingTimer(string TimerId, long StartedEventId, DateTimeOffset FireTime);

/// <summary>A child that has not ended.</summary>
internal sealed class PendingChild
{
    public required long InitiatedEventId { get; init; }

    public required StartChildWorkflowExecutionInitiatedEventAttributes Initiated { get; init; }

    public UserMetadata? UserMetadata { get; init; }

    public long StartedEventId { get; set; }

    /// <summary>Run that was started first; empty until it is known.</summary>
    public string RunId { get; set; } = "";
}

/// <summary>An update that was accepted, or came with a reset.</summary>
internal sealed class RecordedUpdate
{
    public required string UpdateId { get; init; }

    /// <summary>Zero while it is only admitted.</summary>
    public long AcceptedEventId { get; set; }

    public long AdmittedEventId { get; set; }

    public long CompletedEventId { get; set; }

    /// <summary>Its request; kept only while it is admitted.</summary>
    public Temporalio.Api.Update.V1.Request? Request { get; set; }

    public Temporalio.Api.Update.V1.Outcome? Outcome { get; set; }
}
