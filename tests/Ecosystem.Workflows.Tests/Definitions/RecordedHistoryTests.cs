using Ecosystem.Workflows.Definitions;
using Temporalio.Common;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Ecosystem.Workflows.Tests.Definitions;

/// <summary>
/// Replays what released versions of the shipped definitions did; each history stands beside the definition it ran. To record a new version:
/// <c>ECOSYSTEM_RECORD=1 tests/Ecosystem.Workflows.Tests/bin/Release/net10.0/Ecosystem.Workflows.Tests -class '*ShippedProcessTests'</c>.
/// </summary>
public sealed class RecordedHistoryTests
{
    internal static string Folder => Path.Combine(ShippedDefinitionsTests.Folder, "..", "tests", "Ecosystem.Workflows.Tests", "Definitions", "Histories");

    public static TheoryData<string> Histories => [.. Directory.GetFiles(Folder, "*.history.json").Select(file => Path.GetFileName(file).Replace(".history.json", "", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Histories))]
    public async Task Replay_RecordedHistory_IsDeterministic(string name)
    {
        var plans = new PlanSource(null);
        foreach (var file in Directory.GetFiles(Folder, "*.definition.json"))
        {
            plans.Add(DefinitionDocument.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)));
        }

        var options = new WorkflowReplayerOptions { DataConverter = EcosystemTemporal.Data };
        options.AddWorkflow(WorkflowDefinition.Create(typeof(DefinitionWorkflow), null, _ => new DefinitionWorkflow(plans, StepCatalog.Shipped)));
        var json = await File.ReadAllTextAsync(Path.Combine(Folder, name + ".history.json"), TestContext.Current.CancellationToken);

        var result = await new WorkflowReplayer(options).ReplayWorkflowAsync(WorkflowHistory.FromJson("recorded", json));

        Assert.Null(result.ReplayFailure);
    }
}
