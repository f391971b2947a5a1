using YamlDotNet.RepresentationModel;

namespace Ecosystem.Rules.Rulesets.Documents;

/// <summary>Reads when/then rules.</summary>
internal sealed class RulesReader(DiagnosticList diagnostics)
{
    private static readonly string[] ConditionKinds = ["match", "exists", "none", "all", "count", "sum", "min", "max"];

    public RulesSection Read(string id, IReadOnlyList<YamlNode> nodes, string path)
    {
        var rules = new List<RulesSection.WhenThenRule>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (YamlNode node in nodes)
        {
            if (MapReader.MapOf(node, MapReader.Child($"{path}/rules", node, rules.Count), diagnostics, "id", "when", "then", "because", "priority") is not { } entry)
            {
                continue;
            }

            RulesSection.WhenThenRule rule = ReadRule(entry);
            if (!ids.Add(rule.Id))
            {
                diagnostics.Error("duplicate-id", entry.Path, node, $"Two rules are called '{rule.Id}'", "give one of them another id");
            }

            rules.Add(rule);
        }

        if (rules.Count == 0)
        {
            diagnostics.Error("no-rows", path, 1, 1, "There are no rules");
        }

        return new RulesSection(id, rules);
    }

    private RulesSection.WhenThenRule ReadRule(MapReader entry)
    {
        var rule = new RulesSection.WhenThenRule(
            entry.RequiredText("id", "id: a-short-name"),
            ReadConditions(entry.Required("when", "when: a condition"), entry.At("when")),
            ReadActions(entry))
        {
            Priority = entry.Whole("priority", 0, -1000, 1000),
            Because = entry.Source("because"),
            Line = entry.Line,
            Column = entry.Column,
        };
        entry.Close();
        return rule;
    }

    private List<RuleCondition> ReadConditions(YamlNode? node, string path)
    {
        var conditions = new List<RuleCondition>();
        IEnumerable<YamlNode> items = node switch { null => [], YamlSequenceNode list => list.Children, _ => [node] };
        foreach (YamlNode item in items)
        {
            string place = $"{path}/{conditions.Count + 1}";
            if (item is YamlScalarNode)
            {
                conditions.Add(new RuleCondition.Test(MapReader.SourceOf(item, place, diagnostics)!));
            }
            else if (MapReader.MapOf(item, place, diagnostics, [.. ConditionKinds, "where", "of", "as"]) is { } map && ReadCondition(map) is { } condition)
            {
                conditions.Add(condition);
            }
        }

        return conditions;
    }

    private RuleCondition? ReadCondition(MapReader map)
    {
        string[] kinds = [.. ConditionKinds.Where(map.Has)];
        if (kinds.Length != 1)
        {
            diagnostics.Error("condition-kind", map.Path, map.Node, "A condition is a text or exactly one of match, exists, none, all, count, sum, min, max", "exists: t in touches");
            return null;
        }

        RulesetSourceText text = map.RequiredSource(kinds[0], "t in touches");
        RulesetSourceText? where = map.Source("where");
        var sections = new SectionReader(diagnostics);
        RuleCondition condition;
        if (kinds[0] is "count" or "sum" or "min" or "max")
        {
            string name = map.RequiredText("as", "as: total");
            RulesetSourceText? of = null;
            if (kinds[0] != "count")
            {
                of = text;
                text = map.RequiredSource("of", "of: t in touches");
            }

            RuleAggregate function = kinds[0] switch
            {
                "count" => RuleAggregate.Count,
                "sum" => RuleAggregate.Sum,
                "min" => RuleAggregate.Min,
                _ => RuleAggregate.Max,
            };
            condition = new RuleCondition.Aggregate(function, sections.Iteration(text, map.Path), of, where, name);
        }
        else
        {
            RulesetIteration facts = sections.Iteration(text, map.Path);
            condition = kinds[0] switch
            {
                "match" => new RuleCondition.Match(facts, where),
                "exists" => new RuleCondition.Quantified(RuleQuantifier.Exists, facts, where),
                "none" => new RuleCondition.Quantified(RuleQuantifier.None, facts, where),
                _ => new RuleCondition.Quantified(RuleQuantifier.All, facts, where),
            };
        }

        map.Close();
        return condition;
    }

    private List<RuleAction> ReadActions(MapReader entry)
    {
        var actions = new List<RuleAction>();
        if (entry.Required("then", "then: { decide: { output: value } }") is not { } node
            || MapReader.MapOf(node, entry.At("then"), diagnostics, "set", "insert", "decide") is not { } then)
        {
            return actions;
        }

        foreach (string kind in then.Keys)
        {
            if (kind is not ("set" or "insert" or "decide") || then.Map(kind) is not { } targets)
            {
                continue;
            }

            foreach (string target in targets.Keys)
            {
                RuleValue value = ReadValue(targets.Take(target)!, targets.At(target));
                actions.Add(kind switch
                {
                    "set" => new RuleAction.Set(target, value),
                    "insert" => new RuleAction.Insert(target, value),
                    _ => new RuleAction.Decide(target, value),
                });
            }
        }

        if (actions.Count == 0)
        {
            diagnostics.Error("no-consequence", then.Path, then.Node, "The rule has no consequence", "decide: { output: value }");
        }

        then.Close();
        return actions;
    }

    private RuleValue ReadValue(YamlNode node, string path)
    {
        if (node is YamlMappingNode map)
        {
            return new RuleValue.Record([.. map.Children.Select(c =>
                new KeyValuePair<string, RuleValue>(YamlData.Key(c.Key), ReadValue(c.Value, $"{path}/{YamlData.Key(c.Key)}")))]);
        }

        return new RuleValue.Expression(MapReader.SourceOf(node, path, diagnostics) ?? new RulesetSourceText("null"));
    }
}
