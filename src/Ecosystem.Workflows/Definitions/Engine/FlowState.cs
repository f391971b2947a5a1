using System.Text.Json.Nodes;

namespace Ecosystem.Workflows.Definitions;

/// <summary>How far a flowchart has come: how often its activities and arrows were passed, and what has arrived where all arrows are waited for.</summary>
internal sealed class FlowState
{
    private readonly SortedDictionary<int, int> visits = [];
    private readonly SortedDictionary<int, (int Times, bool Taken)> arrows = [];

    /// <summary>Arrows something has arrived on whose target still waits for the others.</summary>
    internal List<int> Arrived { get; } = [];

    /// <summary>Arrows something has come along whose target has not run since.</summary>
    internal SortedSet<int> Waiting { get; } = [];

    /// <summary>Counts that an activity has ended, or was passed by.</summary>
    internal void Visit(ActivityNode node) => visits[node.Index] = Visits(node) + 1;

    /// <summary>How often an activity has ended or was passed by; what a loop came back to is not counted again.</summary>
    internal int Visits(ActivityNode node) => visits.GetValueOrDefault(node.Index);

    /// <summary>Counts that the source of an arrow has ended, with the arrow's outcome or with another.</summary>
    internal void Pass(FlowConnection arrow, bool taken) => arrows[arrow.Index] = (Passes(arrow) + 1, taken);

    /// <summary>Makes an arrow count as passed exactly once more than its target has run.</summary>
    internal void Settle(FlowConnection arrow) => arrows[arrow.Index] = (Visits(arrow.Target) + 1, IsTaken(arrow));

    /// <summary>How often the source of an arrow has ended or was passed by.</summary>
    internal int Passes(FlowConnection arrow) => arrows.GetValueOrDefault(arrow.Index).Times;

    /// <summary>Whether the arrow was taken the last time its source ended.</summary>
    internal bool IsTaken(FlowConnection arrow) => arrows.GetValueOrDefault(arrow.Index).Taken;

    internal JsonObject Write() => new()
    {
        ["visits"] = new JsonArray([.. visits.Select(pair => new JsonArray(pair.Key, pair.Value))]),
        ["arrows"] = new JsonArray([.. arrows.Select(pair => new JsonArray(pair.Key, pair.Value.Times, pair.Value.Taken))]),
        ["arrived"] = new JsonArray([.. Arrived.Select(index => (JsonNode)index)]),
        ["waiting"] = new JsonArray([.. Waiting.Select(index => (JsonNode)index)]),
    };

    internal static FlowState Read(JsonObject json)
    {
        var state = new FlowState();
        foreach (var entry in (json["visits"] as JsonArray ?? []).OfType<JsonArray>())
        {
            state.visits[(int)entry[0]!] = (int)entry[1]!;
        }

        foreach (var entry in (json["arrows"] as JsonArray ?? []).OfType<JsonArray>())
        {
            state.arrows[(int)entry[0]!] = ((int)entry[1]!, (bool)entry[2]!);
        }

        state.Arrived.AddRange((json["arrived"] as JsonArray ?? []).Select(index => (int)index!));
        state.Waiting.UnionWith((json["waiting"] as JsonArray ?? []).Select(index => (int)index!));
        return state;
    }
}
