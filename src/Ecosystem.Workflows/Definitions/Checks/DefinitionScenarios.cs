using System.Text.Json.Nodes;

namespace Ecosystem.Workflows.Definitions;

/// <summary>
/// Runs the scenario tests a definition carries in <c>customProperties.scenarios</c>: each has a name, inputs, answers (as for
/// <c>definitions run</c>), a start time, and what is expected: the outcome, the status, activities that must or must not run.
/// </summary>
internal static class DefinitionScenarios
{
    internal static IEnumerable<DefinitionDiagnostic> Run(ProcessPlan plan, PlanCatalog plans, StepCatalog steps)
    {
        foreach (var scenario in (plan.CustomProperty("scenarios") as JsonArray ?? []).OfType<JsonObject>())
        {
            foreach (var problem in Problems(scenario, plan, plans, steps))
            {
                yield return new DefinitionDiagnostic("error", "definition.scenario-failed", null, null, $"Scenario '{scenario.Text("name")}': {problem}");
            }
        }
    }

    /// <summary>Runs one scenario to its end.</summary>
    internal static ProcessEngine Execute(JsonObject scenario, ProcessPlan plan, PlanCatalog plans, StepCatalog steps)
    {
        var start = DateTimeOffset.TryParse(scenario.Text("start"), System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
        var run = new HeadlessRun(plans, steps, new HeadlessAnswers(Values.FromJson(scenario["answers"]) as Dictionary<string, object?>), start);
        return run.Execute(plan, Values.FromJson(scenario["input"]) as Dictionary<string, object?> ?? []);
    }

    private static IEnumerable<string> Problems(JsonObject scenario, ProcessPlan plan, PlanCatalog plans, StepCatalog steps)
    {
        var engine = Execute(scenario, plan, plans, steps);
        var expect = scenario["expect"] as JsonObject ?? [];
        var status = engine.Status == ProcessStatus.Running ? "Suspended" : engine.Status.ToString();
        foreach (var incident in engine.Incidents.Where(_ => expect.Text("status") is not "Faulted"))
        {
            yield return $"'{incident.Name}' failed: {incident.Message}";
        }

        if (status != (expect.Text("status") ?? "Finished"))
        {
            yield return $"it ended {status}, expected {expect.Text("status") ?? "Finished"}{(engine.Requests.FirstOrDefault() is { } request ? $"; it waits at '{request.Instance.Node.Title}'" : "")}.";
        }

        if (expect.Text("outcome") is { } outcome && !engine.Outcomes.Contains(outcome, StringComparer.Ordinal))
        {
            yield return $"the outcome was {string.Join(", ", engine.Outcomes)}, expected {outcome}.";
        }

        var ran = engine.Journal.Where(entry => entry.Status is "Completed" or "Skipped").Select(entry => entry.ActivityId).ToList();
        var path = (expect["path"] as JsonArray ?? []).Select(item => item!.ToString()).ToList();
        var at = 0;
        foreach (var step in path)
        {
            var found = ran.IndexOf(step, at);
            if (found < 0)
            {
                yield return $"'{step}' did not run{(at == 0 ? "" : $" after '{ran[at - 1]}'")}; what ran: {string.Join(", ", ran)}.";
                break;
            }

            at = found + 1;
        }

        foreach (var step in (expect["not"] as JsonArray ?? []).Select(item => item!.ToString()).Where(ran.Contains))
        {
            yield return $"'{step}' ran, but must not.";
        }
    }
}
