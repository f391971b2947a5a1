using System.Text.Json.Nodes;

namespace Ecosystem.Workflows.Definitions;

/// <summary>Makes the start inputs of cases that cases start.</summary>
internal static class CaseStart
{
    internal static CaseInput Child(CaseInput parent, ProcessPlan plan, string id, Dictionary<string, object?> data) => new()
    {
        CaseId = id,
        DefinitionId = plan.Document.DefinitionId,
        Version = plan.Document.Version,
        ContentHash = plan.Document.ContentHash,
        SubjectKind = parent.SubjectKind,
        SubjectId = parent.SubjectId,
        PartnerId = parent.PartnerId,
        Input = Values.ToJson(data.GetValueOrDefault("input")) as JsonObject,
    };
}
