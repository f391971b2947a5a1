namespace Ecosystem.Workflows.Definitions;

/// <summary>How an engine behaves.</summary>
internal sealed record EngineOptions
{
    /// <summary>True: a failed step waits for somebody to decide. False: it faults the process, as Elsa does on its own.</summary>
    internal bool HoldIncidents { get; init; }

    /// <summary>How many activities may execute between two waits; more is a loop that never ends.</summary>
    internal int MaxStepsPerBurst { get; init; } = 100_000;
}
