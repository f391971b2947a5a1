using System.Text.Json.Nodes;
using Ecosystem.Workflows.Definitions;

namespace Ecosystem.Workflows.Tests.Definitions;

/// <summary>What Elsa itself does with definitions it wrote.</summary>
public sealed class ElsaDefinitionsTests
{
    [Theory]
    [InlineData("FlowchartCompletion-workflow1")]
    [InlineData("FlowchartCompletion-workflow2")]
    [InlineData("FlowchartCompletion-workflow3")]
    [InlineData("FlowchartCompletion-workflow4")]
    [InlineData("FlowchartCompletion-workflow5")]
    [InlineData("FlowchartCompletion-workflow6")]
    public async Task Run_Flowchart_ReachesItsEnd(string name)
    {
        var run = await CommandRun.Of("run", SharedDefinitions.File(name));

        Assert.Equal("", run.Error);
        Assert.Equal("Finished", run.Status);
        Assert.Empty(run.Json["waitingFor"]!.AsArray());
        Assert.Empty(run.Json["incidents"]!.AsArray());
    }

    [Theory]
    [InlineData("ParentChildOutputMapping-calculator", "sum", "Result: 9")]
    [InlineData("ParentChildOutputMapping-d", "a b c", "FooBar")]
    [InlineData("ParentChildOutputMapping-consumer", "producer", "Foo")]
    public async Task Run_DefinitionUsedAsActivity_MapsOutputs(string name, string others, string line)
    {
        var run = await CommandRun.Of(["run", SharedDefinitions.File(name), "--with", .. others.Split(' ').Select(other => SharedDefinitions.File("ParentChildOutputMapping-" + other))]);

        Assert.Equal("", run.Error);
        Assert.Equal([line], run.Lines);
    }

    [Fact]
    public async Task Run_ExecuteWorkflow_RunsTheChildBetween()
    {
        var run = await CommandRun.Of("run", SharedDefinitions.File("ExecuteWorkflow-parent-with-wait"), "--with", SharedDefinitions.File("ExecuteWorkflow-child-workflow"));

        Assert.Equal(["Parent: Before child", "Child: Executing", "Parent: After child"], run.Lines);
    }

    [Fact]
    public async Task Run_ExecuteWorkflow_PassesInput()
    {
        var run = await CommandRun.Of("run", SharedDefinitions.File("ExecuteWorkflow-parent-with-input"), "--with", SharedDefinitions.File("ExecuteWorkflow-child-with-input"));

        Assert.Contains("Child received: Hello from parent", run.Lines);
    }

    [Theory]
    [InlineData("ImportAndPublish-cron-every-hour")]
    [InlineData("ImportAndPublish-http-workflow")]
    [InlineData("ImportAndPublish-timer-workflow")]
    public async Task Check_Trigger_IsAccepted(string name)
    {
        var run = await CommandRun.Of("check", SharedDefinitions.File(name));

        Assert.True(run.Code == 0, run.Output + run.Error);
    }

    [Fact]
    public async Task Check_BadCron_IsRefusedNamingTheExpression()
    {
        var run = await CommandRun.Of("check", SharedDefinitions.File("ImportAndPublish-bad-cron-expression"));

        Assert.Equal(1, run.Code);
        Assert.Contains("'BadCronExpression'", run.Output, StringComparison.Ordinal);
        Assert.Single(run.Output.Split('\n'), line => line.Contains("error ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_SameHttpPathTwice_IsRefused()
    {
        var file = SharedDefinitions.File("ImportAndPublish-http-workflow");

        var run = await CommandRun.Of("check", file, file);

        Assert.Equal(1, run.Code);
        Assert.Contains("definition.endpoint-taken", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parse_ThenToJson_LosesNothing()
    {
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(SharedDefinitions.File("x"))!, "*.json"))
        {
            var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);

            var again = DefinitionDocument.Parse(text).ToJson();

            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(text.TrimStart('\uFEFF')), JsonNode.Parse(again)), file);
        }
    }
}
