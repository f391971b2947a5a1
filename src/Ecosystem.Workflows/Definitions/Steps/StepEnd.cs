using System.Text.Json.Nodes;

namespace Ecosystem.Workflows.Definitions;

/// <summary>How a step ended, as the interpreter sees it.</summary>
/// <param name="Output">Outputs by camel-cased name.</param>
/// <param name="Outcome">The outcome.</param>
internal sealed record StepEnd(JsonObject Output, string Outcome);
