using System.Text.Json;

namespace Ecosystem.Workflows.Integration.Outbox;

/// <summary>The payload of an outbox message that starts a workflow. Starting one that was started before is harmless.</summary>
/// <param name="WorkflowType">The workflow type.</param>
/// <param name="WorkflowId">The workflow id: the business id, so that there is one per business thing.</param>
/// <param name="TaskQueue">The task queue.</param>
/// <param name="Input">The one argument, as JSON; null for none.</param>
public sealed record StartWorkflow(string WorkflowType, string WorkflowId, string TaskQueue, JsonElement? Input = null);
