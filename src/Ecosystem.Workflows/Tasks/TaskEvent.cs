namespace Ecosystem.Workflows.Tasks;

/// <summary>One entry of a task's history.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who; null for the process.</param>
/// <param name="ByName">The name, where it was kept.</param>
/// <param name="Action">What, for example <c>task.claimed</c>, <c>task.comment</c>.</param>
/// <param name="Text">What was said with it.</param>
public sealed record TaskEvent(DateTimeOffset At, string? By, string? ByName, string Action, string? Text);
