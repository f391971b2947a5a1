namespace Ecosystem.Temporal.Visibility;

/// <summary>A run as lists show it.</summary>
internal sealed record VisibilityRecord
{
    public required long Key { get; init; }

    public required string Namespace { get; init; }

    public required string WorkflowId { get; init; }

    public required string RunId { get; init; }

    public required string WorkflowType { get; init; }

    public required string TaskQueue { get; init; }

    public required WorkflowExecutionStatus Status { get; init; }

    public required DateTimeOffset StartTime { get; init; }

    public required DateTimeOffset ExecutionTime { get; init; }

    public DateTimeOffset? CloseTime { get; init; }

    public long HistoryLength { get; init; }

    public long HistorySizeBytes { get; init; }

    public long StateTransitionCount { get; init; }

    public string ParentWorkflowId { get; init; } = "";

    public string ParentRunId { get; init; } = "";

    public string RootWorkflowId { get; init; } = "";

    public string RootRunId { get; init; } = "";

    /// <summary>How the namespace names its custom search attributes; needed where the record is written.</summary>
    public SearchAttributeMap Map { get; init; } = SearchAttributeMap.Empty;

    /// <summary>Null if there is none.</summary>
    public Memo? Memo { get; init; }

    /// <summary>Custom and system search attributes as payloads with their types; null if there are none.</summary>
    public SearchAttributes? SearchAttributes { get; init; }

    /// <summary>True if lists have never shown the run.</summary>
    public bool IsNew { get; init; }

    /// <summary>True if the run's last record, which was given to the same store, had the same search attributes.</summary>
    public bool SameAttributes { get; init; }

    /// <summary>This record, where the run's last one was never written.</summary>
    public VisibilityRecord InsteadOf(VisibilityRecord unwritten) =>
        this with { IsNew = unwritten.IsNew, SameAttributes = unwritten.SameAttributes && SameAttributes };
}
