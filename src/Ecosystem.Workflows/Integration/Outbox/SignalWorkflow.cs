using System.Text.Json;

namespace Ecosystem.Workflows.Integration.Outbox;

/// <summary>
/// The payload of an outbox message that signals a workflow. Messages are delivered at least once: what receives the signal must know
/// it by an id inside <paramref name="Input"/>.
/// </summary>
/// <param name="WorkflowId">Which workflow.</param>
/// <param name="Signal">The signal's name.</param>
/// <param name="Input">The one argument, as JSON; null for none.</param>
public sealed record SignalWorkflow(string WorkflowId, string Signal, JsonElement? Input = null);
