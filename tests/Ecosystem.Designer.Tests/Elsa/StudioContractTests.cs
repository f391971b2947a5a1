using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ecosystem.Designer.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Designer.Tests.Elsa;

/// <summary>Our Elsa API as Elsa Studio's own client calls and reads it.</summary>
public sealed partial class StudioContractTests(HostFixture host, StudioContractTests.Process process) : IClassFixture<StudioContractTests.Process>
{
    // What Studio offers only where the server has a feature that ours does not have.
    private static readonly string[] NotOffered = ["/external-authentication/", "/shells/"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A call, its arguments, and where in what the client understood which text must stand. <c>{case}</c> and the like are of the process below.</summary>
    public static TheoryData<string, string, string> Calls => new()
    {
        { "IWorkflowDefinitionsApi.ListAsync", """[{"page":0,"pageSize":5,"searchTerm":"studio client"},"Latest"]""", "items[0].definitionId={definition}" },
        { "IWorkflowDefinitionsApi.ListAsync", """[{"definitionIds":["{definition}"]},"AllVersions"]""", "totalCount=1" },
        { "IWorkflowDefinitionsApi.ListAsync", """[{"isSystem":true},"AllVersions"]""", "totalCount=0" },
        { "IWorkflowDefinitionsApi.GetByDefinitionIdAsync", """["{definition}","Published"]""", "root.activities[1].id=write" },
        { "IWorkflowDefinitionsApi.GetByIdAsync", """["{version}"]""", "definitionId={definition}" },
        { "IWorkflowDefinitionsApi.GetManyByIdAsync", """[["{version}"]]""", "items[0].id={version}" },
        { "IWorkflowDefinitionsApi.GetSubgraphAsync", """["{version}",null]""", "children[1].activity.id=write" },
        { "IWorkflowDefinitionsApi.GetPathSegmentsGetAsync", """["{version}","Workflow1:root:loop:inner"]""", "pathSegments[0].activityId=loop" },
        { "IWorkflowDefinitionsApi.GetConsumersAsync", """["{definition}"]""", "" },
        { "IWorkflowDefinitionsApi.CountAsync", "[]", "" },
        { "IWorkflowDefinitionsApi.GetIsNameUniqueAsync", """["Nobody has this",null]""", "isUnique=true" },
        { "IWorkflowDefinitionsApi.GetIsNameUniqueAsync", """["Studio client","other"]""", "isUnique=false" },
        { "IWorkflowDefinitionsApi.SaveAsync", """[{"model":{"name":"Saved by Studio","root":null}}]""", "workflowDefinition.definitionId=saved-by-studio" },
        { "IWorkflowDefinitionsApi.PublishAsync", """["{definition}",{}]""", "alreadyPublished=true" },
        { "IWorkflowDefinitionsApi.ExportAsync", """["{definition}","Latest",false]""", "downloaded=true" },
        { "IWorkflowDefinitionsApi.ExportAsync", """["{definition}","Latest",true]""", "downloaded=true" },
        { "IWorkflowDefinitionsApi.BulkExportAsync", """[{"ids":["{version}"],"includeConsumingWorkflows":true}]""", "downloaded=true" },
        { "IWorkflowDefinitionsApi.UpdateReferencesAsync", """["{definition}",{}]""", "" },
        { "IWorkflowDefinitionsApi.BulkPublishAsync", """[{"definitionIds":["{definition}","none"]}]""", "notFound[0]=none" },
        { "IWorkflowDefinitionsApi.BulkRetractAsync", """[{"definitionIds":["none"]}]""", "notFound[0]=none" },
        { "IWorkflowDefinitionsApi.BulkDeleteAsync", """[{"definitionIds":["none"]}]""", "" },
        { "IWorkflowDefinitionsApi.BulkDeleteVersionsAsync", """[{"ids":[]}]""", "deleted=0" },
        { "IWorkflowDefinitionsApi.ImportAsync", """[{"definitionId":"imported-by-studio","name":"Imported","root":{"type":"Elsa.Flowchart","version":1,"id":"f","activities":[],"connections":[]}}]""", "definitionId=imported-by-studio" },
        { "IWorkflowDefinitionsApi.ImportFilesAsync", """[{"definitionId":"files-by-studio","name":"Files","root":{"type":"Elsa.Flowchart","version":1,"id":"f","activities":[],"connections":[]}}]""", "count=1" },
        { "IExecuteWorkflowApi.ExecuteAsync", """["{definition}",{"correlationId":"c-1"}]""", "status=200" },
        { "IExecuteWorkflowApi.DispatchAsync", """["{definition}",{"correlationId":"c-2"}]""", "status=200" },
        { "ITestsApi.TestActivityAsync", """[{"workflowDefinitionHandle":{"definitionId":"{definition}"},"activityHandle":{"activityId":"write"}}]""", "status=Completed" },
        { "IWorkflowInstancesApi.ListAsync", """[{"page":0,"pageSize":10,"definitionIds":["{definition}"],"statuses":["Running"],"subStatuses":["Suspended"],"hasIncidents":false,"orderBy":"Created","orderDirection":"Descending"}]""", "items[0].definitionId={definition}" },
        { "IWorkflowInstancesApi.ListAsync", """[{"searchTerm":"{case}"}]""", "items[0].id={case}" },
        { "IWorkflowInstancesApi.ListAsync", """[{"definitionIds":["{definition}"],"timestampFilters":[{"column":"CreatedAt","operator":"GreaterThan","timestamp":"2100-01-01T00:00:00Z"}]}]""", "totalCount=0" },
        { "IWorkflowInstancesApi.GetAsync", """["{case}"]""", "workflowState.definitionId={definition}" },
        { "IWorkflowInstancesApi.GetJournalAsync", """["{case}",0,100]""", "items[0].activityId=start" },
        { "IWorkflowInstancesApi.GetFilteredJournalAsync", """["{case}",{"filter":{"activityNodeIds":["Workflow1:root:write"]}},0,100]""", "items[0].activityId=write" },
        { "IWorkflowInstancesApi.GetExecutionStateAsync", """["{case}"]""", "status=Running" },
        { "IWorkflowInstancesApi.GetVariablesAsync", """["{case}"]""", "items[0].name=greeting" },
        { "IWorkflowInstancesApi.ExportAsync", """["{case}"]""", "downloaded=true" },
        { "IWorkflowInstancesApi.BulkExportAsync", """[{"ids":["{case}"]}]""", "downloaded=true" },
        { "IActivityExecutionsApi.GetReportAsync", """[{"workflowInstanceId":"{case}","activityNodeIds":["Workflow1:root:write"]}]""", "stats[0].completedCount=1" },
        { "IActivityExecutionsApi.ListAsync", """[{"workflowInstanceId":"{case}","activityNodeId":"Workflow1:root:write"}]""", "items[0].activityState.Text=hi" },
        { "IActivityExecutionsApi.ListSummariesAsync", """[{"workflowInstanceId":"{case}","activityNodeId":"Workflow1:root:ask"}]""", "items[0].status=Running" },
        { "IActivityExecutionsApi.GetAsync", """["{execution}"]""", "activityId=write" },
        { "IActivityExecutionsApi.GetCallStackAsync", """["{execution}",false,0,10]""", "items[0].activityId=write" },
        { "IRetryAttemptsApi.ListAsync", """["{execution}",0,10]""", "" },
        { "IAlterationsApi.BulkRetryAsync", """[{"workflowInstanceIds":["{case}"]}]""", "results[0].isSuccessful=false" },
        { "IAlterationsApi.DryRun", """[{"workflowInstanceIds":["{case}"]}]""", "workflowInstanceIds[0]={case}" },
        { "IActivityDescriptorsApi.ListAsync", """[{"refresh":true}]""", "" },
        { "IActivityDescriptorOptionsApi.GetAsync", """["Ecosystem.Notify","Template",{}]""", "items.dropdown.selectList.items[0].value=task-assigned" },
        { "IExpressionDescriptorsApi.ListAsync", "[]", "items[0].type=Literal" },
        { "IVariableTypesApi.ListAsync", "[]", "items[0].typeName=Object" },
        { "IStorageDriversApi.ListAsync", "[]", "items[0].displayName=Workflow" },
        { "IWorkflowActivationStrategiesApi.ListAsync", "[]", "" },
        { "IIncidentStrategiesApi.ListAsync", "[]", "" },
        { "ICommitStrategiesApi.ListWorkflowStrategiesAsync", "[]", "" },
        { "ICommitStrategiesApi.ListActivityStrategiesAsync", "[]", "" },
        { "ILogPersistenceStrategiesApi.ListAsync", "[]", "" },
        { "IOutputConvertersApi.ListAsync", "[{}]", "" },
        { "IResilienceStrategiesApi.ListAsync", """["HTTP"]""", "" },
        { "IWorkflowContextProviderDescriptorsApi.ListAsync", "[]", "" },
        { "IFeaturesApi.ListAsync", "[]", "" },
        { "IFeaturesApi.GetAsync", """["Elsa.RealTimeWorkflowUpdates"]""", "fullName=Elsa.RealTimeWorkflowUpdates" },
        { "IPackageApi.GetAsync", "[]", "packageVersion=3.8.2" },
        { "IJavaScriptApi.GetTypeDefinitions", """["{definition}",{"definitionId":"{definition}","activityTypeName":"Elsa.WriteLine","propertyName":"Text"}]""", "status=200" },
        { "ILoginApi.LoginAsync", """[{"username":"olivia@demo.example","password":"ecosystem-demo"}]""", "isAuthenticated=true" },
    };

    [Fact]
    public void Routes_EveryCallOfStudiosClient_IsTaken()
    {
        var taken = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []).Select(method => $"{method} {Shape(endpoint.RoutePattern.RawText!)}"))
            .ToHashSet(StringComparer.Ordinal);
        var calls = process.Client.Calls.Where(call => !Array.Exists(NotOffered, call.Path.StartsWith)).Select(call => $"{call.Method} /elsa/api{Shape(call.Path)}").Distinct().ToList();
        Assert.True(calls.Count > 60, $"Only {calls.Count} calls were found in Studio's client.");
        Assert.All(calls, call => Assert.Contains(call, taken));
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Answers_EachCallOfStudiosClient_AreUnderstoodByIt(string call, string arguments, string expected)
    {
        using var http = await host.ProgramAsync("ops");
        http.BaseAddress = new Uri(http.BaseAddress!, "/elsa/api");
        var given = JsonNode.Parse(process.Fill(arguments))!.AsArray();
        var understood = await process.Client.CallAsync(http, call, [.. given.Select(argument => argument?.DeepClone())]);
        if (expected.Length > 0)
        {
            var (path, value) = (expected[..expected.IndexOf('=', StringComparison.Ordinal)], process.Fill(expected[(expected.IndexOf('=', StringComparison.Ordinal) + 1)..]));
            var found = Steps().Matches(path).Aggregate(understood, (node, step) => int.TryParse(step.Value, out var index) ? node?.AsArray()[index] : node?[step.Value]);
            Assert.True(found?.ToString() == value, $"{call}: {path} is {found?.ToJsonString() ?? "not there"} in {understood?.ToJsonString()}");
        }
    }

    private static string Shape(string path) => Holes().Replace(path.Split('?')[0].TrimEnd('/'), "{}");

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Holes();

    [GeneratedRegex(@"[^.\[\]]+")]
    private static partial Regex Steps();

    /// <summary>A published process of which a case waits for a person, for all rows.</summary>
    public sealed class Process(HostFixture host) : IAsyncLifetime
    {
        private string _case = "";

        internal StudioClient Client { get; } = new(host.Services.GetRequiredService<HostSettings>().StudioFolder ?? throw new InvalidOperationException("Elsa Studio is not there: run npm ci, as test.sh does."));

        internal string Fill(string text) => text.Replace("{definition}", "studio-client", StringComparison.Ordinal).Replace("{version}", "studio-client-v1", StringComparison.Ordinal)
            .Replace("{case}", _case, StringComparison.Ordinal).Replace("{execution}", _execution, StringComparison.Ordinal);

        private string _execution = "";

        public async ValueTask InitializeAsync()
        {
            using var ops = await host.ProgramAsync("ops");
            var saved = await ops.PostAsJsonAsync("/elsa/api/workflow-definitions", new JsonObject { ["model"] = JsonNode.Parse(Model), ["publish"] = true }, Ct);
            Assert.True(saved.IsSuccessStatusCode, await saved.Content.ReadAsStringAsync(Ct));
            using var started = await ops.PostAsJsonAsync("/elsa/api/workflow-definitions/studio-client/execute", new { correlationId = "c-0" }, Ct);
            _case = started.EnsureSuccessStatusCode().Headers.GetValues("x-elsa-workflow-instance-id").Single();
            while (true)
            {
                var found = await ops.GetFromJsonAsync<JsonObject>($"/elsa/api/activity-executions/list?workflowInstanceId={_case}", Ct);
                if (found!["items"]!.AsArray().FirstOrDefault(item => (string?)item!["activityId"] == "ask") is not null)
                {
                    _execution = (string)found["items"]!.AsArray().First(item => (string?)item!["activityId"] == "write")!["id"]!;
                    return;
                }

                await Task.Delay(50, Ct);
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private const string Model = """
        {
          "name": "Studio client",
          "variables": [{ "id": "v1", "name": "greeting", "typeName": "String", "isArray": false, "value": "hello" }],
          "root": {
            "type": "Elsa.Flowchart", "version": 1, "id": "root", "nodeId": "root",
            "activities": [
              { "id": "start", "nodeId": "start", "name": "start", "type": "Elsa.Start", "version": 1 },
              { "id": "write", "nodeId": "write", "name": "write", "type": "Elsa.WriteLine", "version": 1, "text": { "typeName": "String", "expression": { "type": "Literal", "value": "hi" } } },
              { "id": "loop", "nodeId": "loop", "name": "loop", "type": "Elsa.ForEach", "version": 1, "items": { "typeName": "Object", "expression": { "type": "Object", "value": "[1]" } },
                "body": { "id": "inner", "nodeId": "inner", "name": "inner", "type": "Elsa.WriteLine", "version": 1, "text": { "typeName": "String", "expression": { "type": "Literal", "value": "in" } } } },
              { "id": "ask", "nodeId": "ask", "name": "ask", "type": "Ecosystem.HumanTask", "version": 1, "title": { "typeName": "String", "expression": { "type": "Literal", "value": "Ask" } },
                "roles": { "typeName": "Object", "expression": { "type": "Object", "value": "[\"approver\"]" } } }
            ],
            "connections": [
              { "source": { "activity": "start", "port": "Done" }, "target": { "activity": "write", "port": "In" } },
              { "source": { "activity": "write", "port": "Done" }, "target": { "activity": "loop", "port": "In" } },
              { "source": { "activity": "loop", "port": "Done" }, "target": { "activity": "ask", "port": "In" } }
            ]
          }
        }
        """;
    }
}
