namespace Ecosystem.Workflows.Definitions;

/// <summary>What one run of a definition has of its own: the top one, and one for each definition used as an activity.</summary>
internal sealed class ProcessFrame(ProcessPlan plan)
{
    internal ProcessPlan Plan { get; } = plan;

    internal Dictionary<string, object?> Inputs { get; } = new(StringComparer.OrdinalIgnoreCase);

    internal Dictionary<string, object?> Outputs { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What activities of this frame put out last, by activity id, then by output name.</summary>
    internal Dictionary<string, Dictionary<string, object?>> ActivityOutputs { get; } = new(StringComparer.Ordinal);
}
