using System.Text.Json.Nodes;

namespace Ecosystem.Temporal.Tests.Wire;

/// <summary>A recorded conversation.</summary>
internal sealed record WireScenario(string Name, string About, IReadOnlyList<JsonObject> Steps)
{
    /// <summary>A server runs one batch at a time, so their scenarios are played one after another.</summary>
    public bool PlaysAlone => Name.StartsWith("schedules-batch-", StringComparison.Ordinal);

    public static WireScenario Load(string file)
    {
        var json = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        return new WireScenario((string)json["name"]!, (string)json["about"]!, [.. json["steps"]!.AsArray().Select(step => step!.AsObject())]);
    }

    public static IReadOnlyList<WireScenario> LoadFolder(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(Load)];
}
