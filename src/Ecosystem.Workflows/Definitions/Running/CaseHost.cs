namespace Ecosystem.Workflows.Definitions;

/// <summary>What a case's engine has around it, in the workflow and in the activity that carries its bursts out.</summary>
/// <param name="plans">Definitions by content.</param>
/// <param name="steps">The C# steps.</param>
/// <param name="caseId">The case.</param>
/// <param name="pinned">Which content references to other definitions stand for in this case.</param>
/// <param name="resolve">Resolves a reference that is not pinned yet; null in the workflow, where all are.</param>
internal sealed class CaseHost(PlanSource plans, StepCatalog steps, string caseId, Dictionary<string, string> pinned, Func<string, int?, string?>? resolve) : IProcessHost
{
    public DateTimeOffset Now { get; set; }

    public string InstanceId => caseId;

    internal Dictionary<string, string> Pinned { get; } = pinned;

    /// <summary>Lines the definition wrote.</summary>
    internal List<string> Lines { get; } = [];

    public bool IsStep(string type) => steps.Has(type);

    public string? UndoOf(string type) => steps.Find(type)?.Attribute.UndoneBy;

    public ProcessPlan? FindPlan(string reference, int? version)
    {
        if (reference.Length == 64 && reference.All(char.IsAsciiHexDigitLower))
        {
            return plans.Get(reference);
        }

        var key = version is null ? reference : $"{reference}@{version}";
        if (!Pinned.TryGetValue(key, out var hash))
        {
            if (resolve?.Invoke(reference, version) is not { } found)
            {
                return null;
            }

            Pinned[key] = hash = found;
        }

        return plans.Get(hash);
    }

    public void WriteLine(string line) => Lines.Add(line);
}
