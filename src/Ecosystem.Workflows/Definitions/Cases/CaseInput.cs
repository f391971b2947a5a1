using System.Text.Json.Nodes;

namespace Ecosystem.Workflows.Definitions;

/// <summary>What a <c>DefinitionWorkflow</c> starts with. The definition itself is found by its content hash and never travels.</summary>
internal sealed record CaseInput
{
    /// <summary>The name of the workflow type.</summary>
    internal const string WorkflowType = "DefinitionWorkflow";

    /// <summary>The task queue all of this product's workflows use.</summary>
    internal const string TaskQueue = "ecosystem";

    public required string CaseId { get; init; }

    public required string DefinitionId { get; init; }

    public required int Version { get; init; }

    public required string ContentHash { get; init; }

    public string SubjectKind { get; init; } = "";

    public string SubjectId { get; init; } = "";

    public string? PartnerId { get; init; }

    /// <summary>The inputs of the definition.</summary>
    public JsonObject? Input { get; init; }

    /// <summary>The activity that triggered the start, when a trigger did.</summary>
    public string? TriggerActivityId { get; init; }

    /// <summary>Set when a run goes on from where another left off: its state.</summary>
    public JsonObject? State { get; init; }
}
