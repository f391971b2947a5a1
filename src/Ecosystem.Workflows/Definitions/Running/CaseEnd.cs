using System.Text.Json.Nodes;

namespace Ecosystem.Workflows.Definitions;

/// <summary>The result of a <c>DefinitionWorkflow</c>.</summary>
/// <param name="Status"><c>Finished</c>, <c>Faulted</c> or <c>Cancelled</c>.</param>
/// <param name="Outcomes">The outcomes it ended with.</param>
/// <param name="Output">The definition's outputs.</param>
public sealed record CaseEnd(string Status, IReadOnlyList<string> Outcomes, JsonObject? Output);
