using System.Text.Json.Nodes;

namespace Ecosystem.Workflows.Tasks;

/// <summary>What is done with many tasks.</summary>
/// <param name="Action"><c>claim</c>, <c>release</c>, <c>delegate</c>, <c>priority</c> or <c>complete</c>.</param>
/// <param name="To">To whom, for <c>delegate</c>.</param>
/// <param name="Outcome">The outcome, for <c>complete</c>.</param>
/// <param name="Data">What the form gives, for <c>complete</c>.</param>
/// <param name="Comment">What is said with it.</param>
/// <param name="Priority">1 to 5, for <c>priority</c>.</param>
public sealed record BulkWork(string Action, string? To = null, string? Outcome = null, JsonObject? Data = null, string? Comment = null, int? Priority = null);
