using System.Text.Json.Nodes;

namespace Ecosystem.Workflows.Definitions;

/// <summary>Compares two definitions in words. Where activities stand on the canvas is no difference.</summary>
internal static class DefinitionDiff
{
    internal static IReadOnlyList<DefinitionChange> Compare(ProcessPlan before, ProcessPlan after)
    {
        var changes = new List<DefinitionChange>();
        var old = before.Nodes.ToDictionary(node => node.Id, StringComparer.Ordinal);
        var now = after.Nodes.ToDictionary(node => node.Id, StringComparer.Ordinal);
        changes.AddRange(now.Values.Where(node => !old.ContainsKey(node.Id)).Select(node => new DefinitionChange("added", node.Id, $"Added '{node.Title}' ({node.Type}).")));
        changes.AddRange(old.Values.Where(node => !now.ContainsKey(node.Id)).Select(node => new DefinitionChange("removed", node.Id, $"Removed '{node.Title}' ({node.Type}).")));
        foreach (var (id, node) in now)
        {
            if (old.TryGetValue(id, out var earlier))
            {
                CompareNodes(earlier, node, changes);
            }
        }

        var arrowsBefore = Arrows(before);
        var arrowsAfter = Arrows(after);
        changes.AddRange(arrowsAfter.Except(arrowsBefore).Select(arrow => new DefinitionChange("added", arrow.From, $"Connected '{Title(now, arrow.From)}' on {arrow.Outcome} to '{Title(now, arrow.To)}'.")));
        changes.AddRange(arrowsBefore.Except(arrowsAfter).Select(arrow => new DefinitionChange("removed", arrow.From, $"'{Title(old, arrow.From)}' no longer leads to '{Title(old, arrow.To)}' on {arrow.Outcome}.")));
        CompareVariables(before, after, changes);
        return changes;
    }

    private static void CompareNodes(ActivityNode before, ActivityNode after, List<DefinitionChange> changes)
    {
        if (before.Type != after.Type)
        {
            changes.Add(new DefinitionChange("changed", after.Id, $"'{after.Title}' is now a {after.Type}; it was a {before.Type}."));
        }

        if (before.Title != after.Title)
        {
            changes.Add(new DefinitionChange("changed", after.Id, $"'{before.Title}' is now called '{after.Title}'."));
        }

        foreach (var name in before.Inputs.Keys.Union(after.Inputs.Keys, StringComparer.OrdinalIgnoreCase))
        {
            var was = Text(before.Inputs.GetValueOrDefault(name));
            var now = Text(after.Inputs.GetValueOrDefault(name));
            if (was != now)
            {
                changes.Add(new DefinitionChange("changed", after.Id, $"'{after.Title}': {name} is now {now}; it was {was}."));
            }
        }

        if (before.DeclaredMergeMode() != after.DeclaredMergeMode())
        {
            changes.Add(new DefinitionChange("changed", after.Id, $"'{after.Title}' now merges by {after.DeclaredMergeMode() ?? MergeMode.Stream}; it was {before.DeclaredMergeMode() ?? MergeMode.Stream}."));
        }
    }

    private static void CompareVariables(ProcessPlan before, ProcessPlan after, List<DefinitionChange> changes)
    {
        foreach (var variable in after.Variables.Where(variable => before.Variables.All(other => other.Name != variable.Name)))
        {
            changes.Add(new DefinitionChange("added", null, $"Added the variable '{variable.Name}' ({variable.TypeName})."));
        }

        foreach (var variable in before.Variables.Where(variable => after.Variables.All(other => other.Name != variable.Name)))
        {
            changes.Add(new DefinitionChange("removed", null, $"Removed the variable '{variable.Name}'."));
        }

        foreach (var variable in after.Variables)
        {
            if (before.Variables.FirstOrDefault(other => other.Name == variable.Name) is { } was && (was.TypeName != variable.TypeName || !JsonNode.DeepEquals(was.Default, variable.Default)))
            {
                changes.Add(new DefinitionChange("changed", null, $"The variable '{variable.Name}' is now {variable.TypeName} = {variable.Default?.ToJsonString() ?? "nothing"}; it was {was.TypeName} = {was.Default?.ToJsonString() ?? "nothing"}."));
            }
        }
    }

    private static HashSet<(string From, string Outcome, string To)> Arrows(ProcessPlan plan) =>
        [.. plan.Nodes.SelectMany(node => node.Connections).Select(connection => (connection.Source.Id, connection.Outcome, connection.Target.Id))];

    private static string Title(Dictionary<string, ActivityNode> nodes, string id) => nodes.TryGetValue(id, out var node) ? node.Title : id;

    private static string Text(ActivityInput? input) => input is null
        ? "empty"
        : input.Expression.IsType("Literal") ? $"'{input.Expression.Text}'" : $"{input.Expression.Type} '{input.Expression.Text}'";
}
