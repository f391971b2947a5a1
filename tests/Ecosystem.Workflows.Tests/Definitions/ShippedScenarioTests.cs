using System.Text.Json.Nodes;
using Ecosystem.Workflows.Definitions;

namespace Ecosystem.Workflows.Tests.Definitions;

/// <summary>The shipped definitions' own scenarios, and whether they go every way there is.</summary>
public sealed class ShippedScenarioTests
{
    public static TheoryData<string> Names => [.. Directory.GetFiles(ShippedDefinitionsTests.Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    private static PlanCatalog Catalog => new(Directory.GetFiles(ShippedDefinitionsTests.Folder, "*.json").Select(file => ProcessPlan.Read(DefinitionDocument.Parse(File.ReadAllText(file)))));

    [Theory]
    [MemberData(nameof(Names))]
    public void Scenarios_OfShippedDefinition_EndAsTheySay(string name)
    {
        var catalog = Catalog;

        var problems = DefinitionScenarios.Run(catalog.Find(name, null)!, catalog, StepCatalog.Shipped);

        Assert.Empty(problems.Select(problem => problem.Message));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Scenarios_OfShippedDefinition_TakeEveryConnection(string name)
    {
        var catalog = Catalog;
        var plan = catalog.Find(name, null)!;
        var left = plan.Root.Connections.Select(arrow => $"{arrow.Source.Id}.{arrow.Outcome} -> {arrow.Target.Id}").ToHashSet(StringComparer.Ordinal);

        foreach (var scenario in plan.CustomProperty("scenarios")!.AsArray().OfType<JsonObject>())
        {
            var engine = DefinitionScenarios.Execute(scenario, plan, catalog, StepCatalog.Shipped);
            foreach (var entry in engine.Journal.Where(entry => entry.Status == "Completed"))
            {
                var outcomes = entry.Outcome?.Split(", ") ?? [];
                foreach (var arrow in plan.Root.Connections.Where(arrow => arrow.Source.Id == entry.ActivityId && outcomes.Contains(arrow.Outcome)))
                {
                    left.Remove($"{arrow.Source.Id}.{arrow.Outcome} -> {arrow.Target.Id}");
                }
            }
        }

        Assert.Empty(left);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Outcomes_OfShippedDefinition_AllLeadSomewhere(string name)
    {
        var catalog = Catalog;
        var plan = catalog.Find(name, null)!;

        // A stage at which the process ends has nowhere to go; everything else has.
        var open = plan.Nodes.Where(node => node.Parent == plan.Root && plan.Root.Connections.Exists(arrow => arrow.Source == node))
            .SelectMany(node => (ActivityOutcomes.Of(node, catalog, StepCatalog.Shipped) ?? [])
                .Where(outcome => !plan.Root.Connections.Exists(arrow => arrow.Source == node && arrow.Outcome == outcome))
                .Select(outcome => $"{node.Id}.{outcome}"));

        Assert.Empty(open);
    }
}
