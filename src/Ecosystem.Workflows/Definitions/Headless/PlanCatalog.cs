namespace Ecosystem.Workflows.Definitions;

/// <summary>Definitions that may use each other. Read for running once.</summary>
internal sealed class PlanCatalog
{
    private readonly List<ProcessPlan> plans = [];

    internal PlanCatalog(IEnumerable<ProcessPlan> plans) => this.plans.AddRange(plans);

    internal IReadOnlyList<ProcessPlan> All => plans;

    /// <summary>The name under which a definition is used as an activity: its name in one word, each part capitalised.</summary>
    internal static string ActivityType(string name) =>
        string.Concat(name.Split([' ', '-', '_', '.'], StringSplitOptions.RemoveEmptyEntries).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));

    internal ProcessPlan? Find(string reference, int? version)
    {
        var matches = plans.Where(plan => plan.Document.DefinitionId == reference || plan.Document.VersionId == reference || ActivityType(plan.Document.Name) == reference);
        return matches
            .Where(plan => version is null || plan.Document.VersionId == reference || plan.Document.Version == version)
            .MaxBy(plan => plan.Document.Version);
    }
}
