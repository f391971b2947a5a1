namespace Ecosystem.Workflows.Definitions;

/// <summary>A process another one starts.</summary>
/// <param name="InstanceId">The id it gets.</param>
/// <param name="Reference">Which definition.</param>
/// <param name="Input">Its inputs.</param>
/// <param name="CorrelationId">Its correlation id.</param>
internal sealed record ChildStart(string InstanceId, string Reference, Dictionary<string, object?> Input, string? CorrelationId);
