namespace Ecosystem.Temporal.Matching;

/// <summary>Which deployment version gets the tasks of a queue that are not pinned to one.</summary>
/// <param name="Current">The current version, as <c>deployment.build</c>; empty if workers without a version get the tasks.</param>
/// <param name="Ramping">The version that gets a share; null if none does, empty if workers without a version do.</param>
/// <param name="Percentage">The share, 0 to 100.</param>
internal sealed record QueueRouting(string Current, string? Ramping, float Percentage)
{
    public static QueueRouting Unversioned { get; } = new("", null, 0);

    /// <summary>The version that gets a share, whatever the share; the current one if there is none.</summary>
    public string Latest => Ramping ?? Current;

    /// <summary>The version for a workflow; always the same while the routing is.</summary>
    public string For(string workflowId) => Ramping is { } ramping && Share(workflowId) < Percentage ? ramping : Current;

    /// <summary>Where the workflow id falls between 0 and 100.</summary>
    private static double Share(string workflowId)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in workflowId)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        return hash % 10_000 / 100d;
    }
}
