using System.Text.Json.Nodes;
using Ecosystem.Workflows.Tasks;

namespace Ecosystem.Workflows.Definitions;

/// <summary>The argument of the update <c>decideIncident</c>.</summary>
/// <param name="StepId">The activity whose step failed.</param>
/// <param name="Decision"><c>Retry</c>, <c>Skip</c>, <c>Answer</c> or <c>Cancel</c>.</param>
/// <param name="Outcome">For <c>Answer</c>: the outcome to go on with.</param>
/// <param name="Output">For <c>Answer</c>: the outputs.</param>
/// <param name="Comment">Why.</param>
/// <param name="Actor">Who decides.</param>
public sealed record IncidentDecision(string StepId, string Decision, string? Outcome, JsonObject? Output, string? Comment, TaskActor Actor)
{
    internal const string Update = "decideIncident";
}
