namespace Ecosystem.Workflows.Definitions;

/// <summary>Reads which steps of a case wait for a decision. Decide with <see cref="CaseCommands.DecideIncidentAsync"/>.</summary>
public sealed class CaseIncidents
{
    private readonly CaseQueries cases;
    private readonly PlanSource plans;
    private readonly StepCatalog steps;

    internal CaseIncidents(CaseQueries cases, PlanSource plans, StepCatalog steps) => (this.cases, this.plans, this.steps) = (cases, plans, steps);

    /// <summary>The steps of a case that failed and are not decided on, the first to fail first.</summary>
    /// <param name="record">The case; the caller has checked that the actor may see it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The steps; none unless the case has an incident.</returns>
    public async Task<IReadOnlyList<CaseIncident>> OpenAsync(CaseRecord record, CancellationToken cancellationToken = default)
    {
        if (record.Status != CaseStatus.Incident)
        {
            return [];
        }

        var plan = plans.Get(record.ContentHash);
        return
        [
            .. (await cases.JournalAsync(record.Id, cancellationToken))
                .GroupBy(entry => entry.Execution)
                .Select(execution => execution.MaxBy(entry => entry.Number)!)
                .Where(last => last.Status == "Faulted")
                .OrderBy(last => last.Number)
                .DistinctBy(last => last.StepId, StringComparer.Ordinal)
                .Select(last => new CaseIncident(last.StepId, last.Name, last.NoteText ?? "The step keeps failing.", last.At, OutcomesOf(plan, last.StepId))),
        ];
    }

    // Those it declares, and those the process goes on by.
    private List<string> OutcomesOf(ProcessPlan plan, string stepId)
    {
        var node = plan.Find(stepId);
        var known = node is null ? [] : ActivityOutcomes.Of(node, new PlanCatalog([plan]), steps) ?? [];
        var used = node?.Parent?.Connections.Where(arrow => arrow.Source == node).Select(arrow => arrow.Outcome) ?? [];
        return known.Union(used, StringComparer.Ordinal).ToList() is { Count: > 0 } outcomes ? outcomes : ["Done"];
    }
}
