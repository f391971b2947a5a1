using System.Text.Json.Nodes;

namespace Ecosystem.Workflows.Definitions;

/// <summary>Rewrites the state of a resting process from one version of its definition to another. Pure.</summary>
internal sealed class StateMigration
{
    private readonly ProcessPlan before;
    private readonly ProcessPlan after;
    private readonly Dictionary<int, ActivityNode?> nodes = [];
    private readonly List<string> problems = [];

    private StateMigration(ProcessPlan before, ProcessPlan after, IReadOnlyDictionary<string, string> map)
    {
        (this.before, this.after) = (before, after);
        foreach (var node in before.Nodes)
        {
            var wanted = map.GetValueOrDefault(node.Id, node.Id);
            nodes[node.Index] = node == before.Root ? after.Root : after.Nodes.FirstOrDefault(other => other.Id == wanted);
        }
    }

    /// <summary>Rewrites a state.</summary>
    /// <returns>The state for the other version, or why there is none.</returns>
    internal static (JsonObject? State, IReadOnlyList<string> Problems) Rewrite(JsonObject state, ProcessPlan before, ProcessPlan after, IReadOnlyDictionary<string, string> map)
    {
        var migration = new StateMigration(before, after, map);
        foreach (var (_, to) in map.Where(pair => after.Nodes.All(node => node.Id != pair.Value)))
        {
            migration.problems.Add($"The new version has no activity '{to}'.");
        }

        var copy = (JsonObject)state.DeepClone();
        migration.Instances(copy);
        return migration.problems.Count == 0 ? (copy, []) : (null, migration.problems);
    }

    private void Instances(JsonObject state)
    {
        // Inside a definition used as an activity another plan's numbers hold; it goes on as it is.
        var inner = new HashSet<long>();
        foreach (var instance in state.Objects("instances"))
        {
            var id = (long)instance.Number("id")!;
            if (instance.Number("parent") is not { } parent)
            {
                instance["frame"]!["hash"] = after.Document.ContentHash;
                Rename(instance["frame"]!["activities"] as JsonObject);
                Declare(instance);
                continue;
            }

            if (inner.Contains((long)parent))
            {
                inner.Add(id);
                continue;
            }

            if (instance["frame"] is not null)
            {
                inner.Add(id);
            }

            Move(instance);
        }
    }

    private void Move(JsonObject instance)
    {
        var old = before.Nodes[(int)instance.Number("node")!];
        if (nodes[old.Index] is not { } now)
        {
            problems.Add($"The case is at '{old.Title}' [{old.Id}], which the new version does not have. Say which activity stands for it.");
            return;
        }

        if (now.Type != old.Type)
        {
            problems.Add($"The case is at '{old.Title}' [{old.Id}], a {old.Type}; '{now.Title}' [{now.Id}] is a {now.Type}.");
            return;
        }

        instance["node"] = now.Index;
        if (instance["flow"] is JsonObject flow)
        {
            Flow(flow, old, now);
            var start = (string?)instance["state"]?["start"];
            var begin = before.Nodes.FirstOrDefault(node => node.Id == start);
            instance["state"]!["start"] = (begin is null ? null : nodes[begin.Index])?.Id ?? FlowchartBehavior.StartOf(now, null)?.Id;
        }
    }

    private void Flow(JsonObject flow, ActivityNode old, ActivityNode now)
    {
        int? Arrow(int index)
        {
            var arrow = old.Connections[index];
            return now.Connections.Find(other => other.Source == nodes[arrow.Source.Index] && other.Target == nodes[arrow.Target.Index] && other.Outcome == arrow.Outcome)?.Index;
        }

        var passed = new HashSet<int>();
        var visits = new JsonArray();
        foreach (var visit in flow["visits"]!.AsArray().OfType<JsonArray>())
        {
            if (nodes[(int)visit[0]!] is { } node)
            {
                visits.Add(new JsonArray(node.Index, visit[1]!.DeepClone()));
            }
        }

        var arrows = new JsonArray();
        foreach (var entry in flow["arrows"]!.AsArray().OfType<JsonArray>())
        {
            if (Arrow((int)entry[0]!) is { } index && passed.Add(index))
            {
                arrows.Add(new JsonArray(index, entry[1]!.DeepClone(), entry[2]!.DeepClone()));
            }
        }

        // A new arrow from what has already ended counts as passed by as often, so that its target does not wait for it.
        foreach (var arrow in now.Connections.Where(arrow => !passed.Contains(arrow.Index)))
        {
            var times = visits.OfType<JsonArray>().Where(visit => (int)visit[0]! == arrow.Source.Index).Select(visit => (int)visit[1]!).FirstOrDefault();
            if (times > 0)
            {
                arrows.Add(new JsonArray(arrow.Index, times, false));
            }
        }

        PassByNew(now, visits, arrows);
        flow["visits"] = visits;
        flow["arrows"] = arrows;
        foreach (var list in new[] { "arrived", "waiting" })
        {
            flow[list] = new JsonArray([.. flow[list]!.AsArray().Select(index => Arrow((int)index!)).OfType<int>().Select(index => (JsonNode)index)]);
        }
    }

    // A new activity that only what has already ended leads to will not run: it counts as passed by, and so do its arrows.
    private void PassByNew(ActivityNode chart, JsonArray visits, JsonArray arrows)
    {
        var old = nodes.Values.OfType<ActivityNode>().ToHashSet();
        var taken = arrows.OfType<JsonArray>().ToDictionary(entry => (int)entry[0]!, entry => (bool)entry[2]!);
        bool grown;
        do
        {
            grown = false;
            foreach (var node in chart.PortList("activities").Where(node => !old.Contains(node)))
            {
                var inbound = chart.Connections.Where(arrow => arrow.Target == node).ToList();
                if (visits.OfType<JsonArray>().Any(visit => (int)visit[0]! == node.Index) || inbound.Count == 0 || !inbound.TrueForAll(arrow => taken.TryGetValue(arrow.Index, out var was) && !was))
                {
                    continue;
                }

                grown = true;
                visits.Add(new JsonArray(node.Index, 1));
                foreach (var arrow in chart.Connections.Where(arrow => arrow.Source == node && taken.TryAdd(arrow.Index, false)))
                {
                    arrows.Add(new JsonArray(arrow.Index, 1, false));
                }
            }
        }
        while (grown);
    }

    private void Rename(JsonObject? outputs)
    {
        foreach (var pair in (outputs ?? []).ToList())
        {
            if (before.Find(pair.Key) is { } node && nodes[node.Index] is { } now && now.Id != pair.Key && !outputs!.ContainsKey(now.Id))
            {
                outputs[now.Id] = pair.Value?.DeepClone();
                outputs.Remove(pair.Key);
            }
        }
    }

    private void Declare(JsonObject top)
    {
        var slots = top["slots"] as JsonArray ?? [];
        var known = slots.OfType<JsonArray>().Select(slot => (string)slot[1]!).ToHashSet(StringComparer.Ordinal);
        foreach (var variable in after.Variables.Where(variable => !known.Contains(variable.Name)))
        {
            slots.Add(new JsonArray(variable.Id, variable.Name, variable.IsArray ? variable.TypeName + "[]" : variable.TypeName, variable.Default?.DeepClone()));
        }

        if (slots.Parent is null && slots.Count > 0)
        {
            top["slots"] = slots;
        }
    }
}
