namespace Ecosystem.Temporal.Executions;

/// <summary>
/// The runs of one workflow id in one namespace. Its lock makes one writer at a time for all of them, so that a start, a
/// continue-as-new or a reset needs no other.
/// </summary>
internal sealed class Chain(NamespaceRecord ns, string workflowId)
{
    public Lock Lock { get; } = new();

    public NamespaceRecord Namespace { get; } = ns;

    public string WorkflowId { get; } = workflowId;

    /// <summary>What the store knows of the runs, oldest first; null until it was asked.</summary>
    public List<RunRef>? Runs { get; set; }

    /// <summary>True once the chain was dropped from memory; whoever holds it has to get it anew.</summary>
    public bool Dead { get; private set; }

    /// <summary>Deletions of runs that are not durable yet: until they are, the store would still give what is no longer here.</summary>
    public int Removals { get; set; }

    /// <summary>Time stamp of the last use, for eviction.</summary>
    public long LastUsed { get; set; }

    /// <summary>Ends the chain's time in memory; what it held goes with it, though the chain itself is still in a queue.</summary>
    public void Die()
    {
        Dead = true;
        Runs = [];
    }

    /// <summary>The run that stands for the workflow id, or null.</summary>
    public RunRef? Current => Runs is { Count: > 0 } runs && !runs[^1].Superseded ? runs[^1] : null;
}

/// <summary>A run of a chain, in memory or not.</summary>
internal sealed class RunRef
{
    public required long Key { get; init; }

    public required string RunId { get; init; }

    /// <summary>Request id of its start.</summary>
    public required string RequestId { get; init; }

    public bool Superseded { get; set; }

    public Execution? Execution { get; set; }
}
