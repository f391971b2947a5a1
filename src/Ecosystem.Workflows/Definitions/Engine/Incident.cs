namespace Ecosystem.Workflows.Definitions;

/// <summary>A step that failed.</summary>
/// <param name="Instance">The execution that failed.</param>
/// <param name="ActivityId">The activity.</param>
/// <param name="Name">What people call the activity.</param>
/// <param name="Type">The activity's type.</param>
/// <param name="Message">Why.</param>
/// <param name="At">When.</param>
internal sealed record Incident(long Instance, string ActivityId, string Name, string Type, string Message, DateTimeOffset At);
