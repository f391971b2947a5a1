using System.Text.Json;

namespace Ecosystem.Designer.Components;

/// <summary>What a process map is drawn from: the steps and arrows of a definition.</summary>
/// <param name="Steps">The steps, in the definition's order.</param>
/// <param name="Links">The arrows between them.</param>
public sealed record ProcessMapSource(IReadOnlyList<ProcessMapSource.Step> Steps, IReadOnlyList<ProcessMapSource.Link> Links)
{
    /// <summary>One step, with its place in the designer when it has one.</summary>
    public sealed record Step(string Id, string Title, string Kind, double? X, double? Y);

    /// <summary>One arrow with its outcome; the plain "Done" has none.</summary>
    public sealed record Link(string From, string To, string? Label);

    /// <summary>Reads an Elsa 3 definition.</summary>
    public static ProcessMapSource Read(string definitionJson)
    {
        using var document = JsonDocument.Parse(definitionJson);
        var root = document.RootElement.TryGetProperty("root", out var inner) ? inner : document.RootElement;
        var steps = new List<Step>();
        var links = new List<Link>();
        if (root.TryGetProperty("activities", out var activities) && activities.ValueKind == JsonValueKind.Array)
        {
            steps.AddRange(activities.EnumerateArray().Select(ReadStep).DistinctBy(step => step.Id));
        }

        if (root.TryGetProperty("connections", out var connections) && connections.ValueKind == JsonValueKind.Array)
        {
            links.AddRange(connections.EnumerateArray().Select(ReadLink).OfType<Link>());
        }
        else
        {
            links.AddRange(steps.Zip(steps.Skip(1), (a, b) => new Link(a.Id, b.Id, null)));
        }

        var known = steps.Select(step => step.Id).ToHashSet(StringComparer.Ordinal);

        // Several outcomes that lead to the same step are one arrow with all their names.
        var joined = links.Where(link => known.Contains(link.From) && known.Contains(link.To))
            .GroupBy(link => (link.From, link.To))
            .Select(group => new Link(group.Key.From, group.Key.To, group.Any(link => link.Label is not null) ? string.Join(", ", group.Select(link => link.Label ?? "Done").Distinct()) : null));
        return new ProcessMapSource(steps, [.. joined]);
    }

    private static Step ReadStep(JsonElement activity)
    {
        var id = Text(activity, "id") ?? string.Empty;
        var type = Text(activity, "type") ?? string.Empty;
        var kind = Words.Of(type[(type.LastIndexOf('.') + 1)..]);
        var title = activity.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object ? Text(metadata, "displayText") : null;
        title ??= Text(activity, "displayName") ?? Text(activity, "name");
        double? x = null, y = null;
        if (metadata.ValueKind == JsonValueKind.Object
            && metadata.TryGetProperty("designer", out var designer) && designer.ValueKind == JsonValueKind.Object
            && designer.TryGetProperty("position", out var position) && position.ValueKind == JsonValueKind.Object)
        {
            x = Number(position, "x");
            y = Number(position, "y");
        }

        return new Step(id, string.IsNullOrWhiteSpace(title) ? kind : Words.Named(title), kind, x, y);
    }

    private static Link? ReadLink(JsonElement connection)
    {
        if (!connection.TryGetProperty("source", out var source) || !connection.TryGetProperty("target", out var target))
        {
            return null;
        }

        var (from, port) = source.ValueKind == JsonValueKind.String
            ? (source.GetString(), Text(connection, "sourcePort"))
            : (Text(source, "activity"), Text(source, "port"));
        var to = target.ValueKind == JsonValueKind.String ? target.GetString() : Text(target, "activity");
        return from is null || to is null ? null : new Link(from, to, port is null or "Done" ? null : Words.Named(port));
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}
