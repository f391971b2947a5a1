using System.Text.Json;

namespace Ecosystem.Designer.Components;

/// <summary>A process as it is drawn: boxes and arrows with their places.</summary>
/// <param name="Nodes">Boxes, in reading order (left to right, top to bottom).</param>
/// <param name="Edges">Arrows.</param>
/// <param name="Width">Width of the drawing.</param>
/// <param name="Height">Height of the drawing.</param>
internal sealed record ProcessMapModel(
    IReadOnlyList<ProcessMapModel.Node> Nodes, IReadOnlyList<ProcessMapModel.Edge> Edges, double Width, double Height)
{
    private const double BoxWidth = 168;
    private const double BoxHeight = 56;
    private const double GapX = 72;
    private const double GapY = 28;
    private const double Margin = 20;

    /// <summary>One step.</summary>
    /// <param name="Id">Activity id.</param>
    /// <param name="Title">What people call it.</param>
    /// <param name="Kind">What it is, from its type.</param>
    /// <param name="X">Left edge.</param>
    /// <param name="Y">Top edge.</param>
    internal sealed record Node(string Id, string Title, string Kind, double X, double Y)
    {
        /// <summary>Width of every box.</summary>
        public static double Width => BoxWidth;

        /// <summary>Height of every box.</summary>
        public static double Height => BoxHeight;
    }

    /// <summary>One arrow.</summary>
    /// <param name="From">Activity id of its start.</param>
    /// <param name="To">Activity id of its end.</param>
    /// <param name="Label">The outcome it stands for; null for the plain "Done".</param>
    /// <param name="Path">SVG path.</param>
    /// <param name="LabelX">Where the label goes.</param>
    /// <param name="LabelY">Where the label goes.</param>
    internal sealed record Edge(string From, string To, string? Label, string Path, double LabelX, double LabelY);

    private sealed record Step(string Id, string Title, string Kind, double? X, double? Y);

    private sealed record Link(string From, string To, string? Label);

    /// <summary>Reads an Elsa 3 definition. The designer's places are used when every step has one, else steps are laid out in layers.</summary>
    public static ProcessMapModel Parse(string definitionJson)
    {
        using var document = JsonDocument.Parse(definitionJson);
        var root = document.RootElement.TryGetProperty("root", out var inner) ? inner : document.RootElement;
        var steps = new List<Step>();
        var links = new List<Link>();
        if (root.TryGetProperty("activities", out var activities) && activities.ValueKind == JsonValueKind.Array)
        {
            steps.AddRange(activities.EnumerateArray().Select(ReadStep));
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
        links.RemoveAll(link => !known.Contains(link.From) || !known.Contains(link.To));
        return Draw(Place(steps, links), links);
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

        return new Step(id, string.IsNullOrWhiteSpace(title) ? kind : Words.Of(title), kind, x, y);
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
        return from is null || to is null ? null : new Link(from, to, port is null or "Done" ? null : Words.Of(port));
    }

    private static List<Node> Place(List<Step> steps, List<Link> links)
    {
        var placed = steps.Count > 0 && steps.TrueForAll(step => step.X is not null && step.Y is not null)
            && steps.Select(step => (step.X, step.Y)).Distinct().Count() == steps.Count;
        var nodes = placed ? [.. steps.Select(step => new Node(step.Id, step.Title, step.Kind, step.X!.Value, step.Y!.Value))] : Layers(steps, links);
        if (nodes.Count == 0)
        {
            return nodes;
        }

        var left = nodes.Min(node => node.X) - Margin;
        var top = nodes.Min(node => node.Y) - Margin;
        return [.. nodes.Select(node => node with { X = node.X - left, Y = node.Y - top }).OrderBy(node => node.X).ThenBy(node => node.Y)];
    }

    // Longest path from a start decides the column; arrows that close a loop are left out of that. Rows follow the parents' rows.
    private static List<Node> Layers(List<Step> steps, List<Link> links)
    {
        var forward = WithoutLoops(steps, links);
        var column = steps.ToDictionary(step => step.Id, _ => 0, StringComparer.Ordinal);
        for (var round = 0; round < steps.Count; round++)
        {
            var moved = false;
            foreach (var link in forward.Where(link => column[link.To] < column[link.From] + 1))
            {
                column[link.To] = column[link.From] + 1;
                moved = true;
            }

            if (!moved)
            {
                break;
            }
        }

        var nodes = new List<Node>();
        var row = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var layer in steps.GroupBy(step => column[step.Id]).OrderBy(group => group.Key))
        {
            var ordered = layer
                .Select((step, index) => (step, wish: forward.Where(link => link.To == step.Id && row.ContainsKey(link.From)).Select(link => row[link.From]).DefaultIfEmpty(index).Average()))
                .OrderBy(item => item.wish)
                .ToList();
            for (var i = 0; i < ordered.Count; i++)
            {
                row[ordered[i].step.Id] = i;
                nodes.Add(new Node(ordered[i].step.Id, ordered[i].step.Title, ordered[i].step.Kind, layer.Key * (BoxWidth + GapX), i * (BoxHeight + GapY)));
            }
        }

        return nodes;
    }

    private static List<Link> WithoutLoops(List<Step> steps, List<Link> links)
    {
        var from = links.ToLookup(link => link.From, StringComparer.Ordinal);
        var state = new Dictionary<string, int>(StringComparer.Ordinal);
        var kept = new List<Link>();
        foreach (var start in steps.OrderBy(step => links.Exists(link => link.To == step.Id)))
        {
            Visit(start.Id);
        }

        return kept;

        void Visit(string id)
        {
            if (!state.TryAdd(id, 1))
            {
                return;
            }

            foreach (var link in from[id])
            {
                if (state.GetValueOrDefault(link.To) != 1)
                {
                    kept.Add(link);
                    Visit(link.To);
                }
            }

            state[id] = 2;
        }
    }

    private static ProcessMapModel Draw(List<Node> nodes, List<Link> links)
    {
        var byId = nodes.ToDictionary(node => node.Id, StringComparer.Ordinal);
        var edges = links.ConvertAll(link => Connect(byId[link.From], byId[link.To], link.Label));
        var width = nodes.Count == 0 ? 0 : nodes.Max(node => node.X) + BoxWidth + Margin;
        var height = nodes.Count == 0 ? 0 : nodes.Max(node => node.Y) + BoxHeight + Margin;
        return new ProcessMapModel(nodes, edges, width, height);
    }

    private static Edge Connect(Node from, Node to, string? label)
    {
        double x1, y1, x2, y2;
        string path;
        if (to.X >= from.X + BoxWidth)
        {
            (x1, y1, x2, y2) = (from.X + BoxWidth, from.Y + (BoxHeight / 2), to.X, to.Y + (BoxHeight / 2));
            var bend = Math.Max(24, (x2 - x1) / 2);
            path = Curve(x1, y1, x1 + bend, y1, x2 - bend, y2, x2, y2);
        }
        else if (to.Y >= from.Y + BoxHeight)
        {
            (x1, y1, x2, y2) = (from.X + (BoxWidth / 2), from.Y + BoxHeight, to.X + (BoxWidth / 2), to.Y);
            var bend = Math.Max(20, (y2 - y1) / 2);
            path = Curve(x1, y1, x1, y1 + bend, x2, y2 - bend, x2, y2);
        }
        else
        {
            // Backwards: around below both boxes.
            (x1, y1, x2, y2) = (from.X + (BoxWidth / 2), from.Y + BoxHeight, to.X + (BoxWidth / 2), to.Y + BoxHeight);
            var below = Math.Max(y1, y2) + 36;
            path = Curve(x1, y1, x1, below, x2, below, x2, y2);
            return new Edge(from.Id, to.Id, label, path, (x1 + x2) / 2, below - 8);
        }

        return new Edge(from.Id, to.Id, label, path, (x1 + x2) / 2, ((y1 + y2) / 2) - 5);
    }

    private static string Curve(double x1, double y1, double x2, double y2, double x3, double y3, double x4, double y4) =>
        FormattableString.Invariant($"M{x1:0.#} {y1:0.#}C{x2:0.#} {y2:0.#} {x3:0.#} {y3:0.#} {x4:0.#} {y4:0.#}");

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}
