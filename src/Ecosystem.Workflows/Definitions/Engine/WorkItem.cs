namespace Ecosystem.Workflows.Definitions;

/// <summary>An activity that is to be executed next.</summary>
/// <param name="Node">The activity.</param>
/// <param name="Owner">Inside which instance.</param>
/// <param name="Variables">Variables the new instance starts with.</param>
/// <param name="Tag">Passed to the new instance.</param>
internal sealed record WorkItem(ActivityNode Node, ActivityInstance Owner, IReadOnlyDictionary<string, object?>? Variables, string? Tag);
