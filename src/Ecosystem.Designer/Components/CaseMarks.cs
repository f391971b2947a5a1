using System.Text.Json;
using Ecosystem.Workflows.Definitions;

namespace Ecosystem.Designer.Components;

/// <summary>
/// What the process map shows of each step of a case. Most of it is the step's last entry in the history; steps that leave none are found
/// on the way: what was passed between two entries is done, and where the case stands now is where its last way out leads.
/// </summary>
internal static class CaseMarks
{
    private static readonly string[] Instant = ["Elsa.Start", "Ecosystem.SetStage", "Elsa.SetVariable", "Elsa.SetName", "Elsa.Correlate", "Elsa.WriteLine", "Elsa.FlowJoin", "Elsa.FlowDecision", "Elsa.End", "Elsa.Finish"];

    /// <summary>The marks by step.</summary>
    /// <param name="entries">The history, oldest first.</param>
    /// <param name="record">The case.</param>
    /// <param name="definitionJson">The definition the case is pinned to; null when it has none.</param>
    public static IReadOnlyDictionary<string, StepMark> Of(IReadOnlyList<CaseHistoryEntry> entries, CaseRecord record, string? definitionJson)
    {
        var marks = entries.GroupBy(entry => entry.StepId, StringComparer.Ordinal).ToDictionary(steps => steps.Key, steps => Of(steps.MaxBy(entry => entry.Number)!, record), StringComparer.Ordinal);
        if (definitionJson is null)
        {
            return marks;
        }

        var graph = Graph.Read(definitionJson);
        if (graph.Start is { } start)
        {
            Pass(graph, marks, start, "Done", entries.Count == 0 ? record : null);
        }

        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i] is { Outcome: { } outcome } entry && Timeline.ClassOf(entry.Status) == "done")
            {
                Pass(graph, marks, entry.StepId, outcome.Split(',')[0].Trim(), i == entries.Count - 1 ? record : null);
            }
        }

        return marks;
    }

    private static StepMark Of(CaseHistoryEntry last, CaseRecord record)
    {
        var state = Timeline.ClassOf(last.Status);
        return new StepMark(
            state,
            state == "waiting" && record.WaitingForWho is { } who ? $"for {Words.Of(who)}" : last.Outcome is not null and not "Done" ? Words.Of(last.Outcome) : null);
    }

    // Follows a way out over the steps that take no time; the first other one is where the case waits, if it waits.
    private static void Pass(Graph graph, Dictionary<string, StepMark> marks, string from, string outcome, CaseRecord? waits)
    {
        if (graph.Types.ContainsKey(from) && !marks.ContainsKey(from))
        {
            marks[from] = new StepMark("done", null);
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        var next = graph.Next(from, outcome);
        while (next is not null && seen.Add(next) && Instant.Contains(graph.Types.GetValueOrDefault(next)))
        {
            marks.TryAdd(next, new StepMark("done", null));
            next = graph.Next(next, "Done");
        }

        if (next is not null && waits is { EndedAt: null } record && graph.Types.ContainsKey(next) && marks.GetValueOrDefault(next)?.State is not "failed")
        {
            marks[next] = new StepMark("waiting", record.WaitingForWho is { } who ? $"for {Words.Of(who)}" : null);
        }
    }

    private sealed record Graph(string? Start, IReadOnlyDictionary<string, string> Types, IReadOnlyList<(string From, string Port, string To)> Links)
    {
        public static Graph Read(string json)
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement.TryGetProperty("root", out var inner) ? inner : document.RootElement;
            var types = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var activity in Items(root, "activities"))
            {
                if (Text(activity, "id") is { } id)
                {
                    types[id] = Text(activity, "type") ?? "";
                }
            }

            var links = Items(root, "connections").Select(link => (
                From: End(link, "source", "activity"), Port: End(link, "source", "port") ?? Text(link, "sourcePort") ?? "Done", To: End(link, "target", "activity")))
                .Where(link => link is { From: not null, To: not null }).Select(link => (link.From!, link.Port, link.To!)).ToList();
            return new Graph(types.FirstOrDefault(pair => pair.Value == "Elsa.Start").Key ?? types.Keys.FirstOrDefault(id => links.TrueForAll(link => link.Item3 != id)), types, links);
        }

        public string? Next(string from, string outcome) =>
            Links.FirstOrDefault(link => link.From == from && link.Port.Equals(outcome, StringComparison.OrdinalIgnoreCase)).To
            ?? (Links.Where(link => link.From == from).ToList() is [var only] ? only.To : null);

        private static IReadOnlyList<JsonElement> Items(JsonElement parent, string name) =>
            parent.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

        private static string? Text(JsonElement parent, string name) =>
            parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

        private static string? End(JsonElement link, string end, string part) =>
            !link.TryGetProperty(end, out var value) ? null : value.ValueKind == JsonValueKind.Object ? Text(value, part) : part == "activity" ? value.GetString() : null;
    }
}
