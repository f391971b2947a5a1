namespace Ecosystem.Workflows.Definitions;

/// <summary>A line of what happened in a process.</summary>
/// <param name="Instance">The execution it tells of.</param>
/// <param name="ActivityId">The activity.</param>
/// <param name="Name">What people call the activity.</param>
/// <param name="Type">The activity's type.</param>
/// <param name="Status"><c>Completed</c>, <c>Faulted</c>, <c>Canceled</c>, <c>Waiting</c>, <c>Skipped</c>.</param>
/// <param name="Outcome">The outcome, or several joined by commas.</param>
/// <param name="At">When.</param>
/// <param name="Note">What else there is to say.</param>
/// <param name="By">Who did it; null for the process itself.</param>
internal sealed record JournalEntry(long Instance, string ActivityId, string Name, string Type, string Status, string? Outcome, DateTimeOffset At, string? Note = null, string? By = null);
