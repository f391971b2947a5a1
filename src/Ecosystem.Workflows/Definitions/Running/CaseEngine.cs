namespace Ecosystem.Workflows.Definitions;

/// <summary>How the engine of a case is set up: the same in the workflow and in the activity that carries its bursts out.</summary>
internal static class CaseEngine
{
    internal static readonly EngineOptions Options = new() { HoldIncidents = true };

    /// <summary>The definition's inputs, with what every case has.</summary>
    internal static Dictionary<string, object?> Inputs(CaseInput start)
    {
        var inputs = Values.FromJson(start.Input) as Dictionary<string, object?> ?? [];
        inputs.TryAdd("caseId", start.CaseId);
        inputs.TryAdd("subjectKind", start.SubjectKind);
        inputs.TryAdd("subjectId", start.SubjectId);
        inputs.TryAdd("partnerId", start.PartnerId);
        return inputs;
    }

    /// <summary>The id of the human task a request stands for.</summary>
    internal static string TaskId(string caseId, long request) => FormattableString.Invariant($"{caseId}.{request}");

    /// <summary>The request a human task stands for, or null when the id is not one of the case's.</summary>
    internal static long? RequestOf(string caseId, string taskId) =>
        taskId.StartsWith(caseId + ".", StringComparison.Ordinal) && long.TryParse(taskId.AsSpan(caseId.Length + 1), out var request) ? request : null;
}
