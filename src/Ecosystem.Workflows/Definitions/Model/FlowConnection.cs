namespace Ecosystem.Workflows.Definitions;

/// <summary>An arrow of a flowchart.</summary>
/// <param name="Source">Where it starts.</param>
/// <param name="Outcome">The outcome of the source that it is taken on.</param>
/// <param name="Target">Where it ends.</param>
/// <param name="Index">Its number in the flowchart.</param>
internal sealed record FlowConnection(ActivityNode Source, string Outcome, ActivityNode Target, int Index);
