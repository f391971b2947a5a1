using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ecosystem.Designer.Elsa;

/// <summary>What Studio asks for before it shows a definition: activities, expression languages, variable types, features.</summary>
internal static class ElsaDescriptorsApi
{
    private static readonly (string Name, string DisplayName, string Description)[] Features =
    [
        ("Elsa.WorkflowsApi", "Workflows API", "Definitions and instances."),
        ("Elsa.RealTimeWorkflowUpdates", "Real time updates", "Running instances report their progress."),
        ("Elsa.Alterations", "Alterations", "Failed steps can be tried again."),
        ("Elsa.Alterations.ShellFeatures.Alterations", "Alterations", "Failed steps can be tried again."),
        ("Elsa.JavaScript", "JavaScript", "Expressions in JavaScript."),
        ("Elsa.Liquid", "Liquid", "Expressions in Liquid."),
        ("Elsa.Http", "HTTP", "HTTP endpoints and requests."),
        ("Elsa.Scheduling", "Scheduling", "Timers and delays."),
    ];

    private static readonly (string Type, string Name, string? Language, bool IsBrowsable)[] Expressions =
    [
        ("Literal", "Default", null, false),
        ("Object", "Object", "json", false),
        ("Variable", "Variable", null, true),
        ("Input", "Input", null, true),
        ("Output", "Output", null, true),
        ("JavaScript", "JavaScript", "javascript", true),
        ("Liquid", "Liquid", "liquid", true),
        ("FEEL", "FEEL", "plaintext", true),
    ];

    private static readonly (string Type, string Name, string Category)[] VariableTypes =
    [
        ("Object", "Object", "Primitives"), ("String", "String", "Primitives"), ("Boolean", "Boolean", "Primitives"), ("Int32", "Integer", "Primitives"), ("Int64", "Long", "Primitives"),
        ("Decimal", "Decimal", "Primitives"), ("Double", "Double", "Primitives"), ("DateTime", "Date and time", "Primitives"), ("DateTimeOffset", "Date and time with offset", "Primitives"),
        ("DateOnly", "Date", "Primitives"), ("TimeSpan", "Time span", "Primitives"), ("Guid", "Guid", "Primitives"),
        ("ObjectDictionary", "Dictionary", "Dynamic"), ("JsonObject", "JSON object", "Dynamic"), ("ExpandoObject", "Dynamic object", "Dynamic"),
    ];

    /// <summary>Maps the calls.</summary>
    public static void Map(RouteGroupBuilder elsa)
    {
        elsa.MapGet("/descriptors/activities", ActivitiesAsync);
        elsa.MapPost("/descriptors/activities/{type}/options/{property}", OptionsAsync);
        elsa.MapGet("/descriptors/expression-descriptors", () => ElsaApi.Items(Expressions.Select(Expression)));
        elsa.MapGet("/descriptors/variables", () => ElsaApi.Items(VariableTypes.Select(type =>
            new JsonObject { ["typeName"] = type.Type, ["displayName"] = type.Name, ["category"] = type.Category, ["description"] = null })));
        elsa.MapGet("/descriptors/storage-drivers", () => ElsaApi.Items(
            [new JsonObject { ["typeName"] = "Elsa.Workflows.WorkflowStorageDriver, Elsa.Workflows.Core", ["displayName"] = "Workflow" }]));
        foreach (var empty in new[] { "incident-strategies", "commit-strategies/workflows", "commit-strategies/activities", "log-persistence-strategies", "workflow-activation-strategies", "output-converters" })
        {
            elsa.MapGet($"/descriptors/{empty}", () => ElsaApi.Items([]));
        }

        elsa.MapGet("/resilience/strategies", () => ElsaApi.Items([]));
        elsa.MapGet("/workflow-contexts/provider-descriptors", () => ElsaApi.Items([]));
        elsa.MapGet("/features/installed", () => ElsaApi.Items(Features.Select(Feature)));
        elsa.MapGet("/features/installed/{name}", (string name) =>
            Array.Find(Features, feature => feature.Name == name) is { Name: not null } found ? Results.Json(Feature(found)) : Results.NotFound());
        elsa.MapGet("/package/version", () => new { packageVersion = "3.8.2" });
        elsa.MapPost("/scripting/javascript/type-definitions/{id}", (string id) => Results.Text("declare const variables: Record<string, any>;\ndeclare function getVariable(name: string): any;\ndeclare function setVariable(name: string, value: any): void;\ndeclare function getInput(name: string): any;\ndeclare function getOutputFrom(activity: string, output?: string): any;\ndeclare const workflowInstanceId: string;\n"));
    }

    private static async Task<Microsoft.AspNetCore.Http.IResult> ActivitiesAsync(ElsaCatalog catalog, CancellationToken ct)
    {
        var all = await catalog.AllAsync(ct);
        return Results.Json(new { items = all, count = all.Count }, JsonSerializerOptions.Web);
    }

    // What the descriptors say as well; Studio asks again for editors that are to be refreshed.
    private static async Task<Microsoft.AspNetCore.Http.IResult> OptionsAsync(string type, string property, ElsaCatalog catalog, CancellationToken ct)
    {
        var input = (await catalog.AllAsync(ct)).FirstOrDefault(activity => activity.TypeName == type)?.Inputs.FirstOrDefault(input => string.Equals(input.Name, property, StringComparison.OrdinalIgnoreCase));
        return input is null ? ElsaApi.Refused(Workflows.Refusal.NotFound("activity input", $"{type} {property}")) : Results.Json(new { items = input.UISpecifications ?? [] });
    }

    private static JsonObject Expression((string Type, string Name, string? Language, bool IsBrowsable) expression)
    {
        var properties = new JsonObject();
        if (expression.Language is { } language)
        {
            properties["Monaco"] = language;
            properties["MonacoLanguage"] = language;
        }

        return new JsonObject { ["type"] = expression.Type, ["displayName"] = expression.Name, ["isBrowsable"] = expression.IsBrowsable, ["properties"] = properties };
    }

    private static JsonObject Feature((string Name, string DisplayName, string Description) feature)
    {
        var dot = feature.Name.LastIndexOf('.');
        return new JsonObject
        {
            ["name"] = feature.Name[(dot + 1)..],
            ["namespace"] = feature.Name[..dot],
            ["fullName"] = feature.Name,
            ["displayName"] = feature.DisplayName,
            ["description"] = feature.Description,
        };
    }
}
