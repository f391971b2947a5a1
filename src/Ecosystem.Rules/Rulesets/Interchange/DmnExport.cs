using Ecosystem.Rules.Dmn;
using Ecosystem.Rules.Rulesets.Documents;
using Ecosystem.Rules.Tables;

namespace Ecosystem.Rules.Rulesets;

/// <summary>Builds the DMN model of a ruleset.</summary>
internal sealed class DmnExport(Ruleset ruleset, DiagnosticList diagnostics)
{
    private readonly RulesetDocument _document = ruleset.Document;
    private readonly List<DmnDecision> _decisions = [];
    private readonly List<DmnItemDefinition> _items = [];

    public DmnDefinitions Build()
    {
        foreach ((string name, RulesetType type) in _document.Types)
        {
            _items.Add(new DmnItemDefinition(name) { Components = [.. type.Fields.Select(f => Component(f))] });
        }

        DmnInputData[] inputs =
        [
            .. _document.Inputs.Select(i => new DmnInputData($"input_{i.Name}", i.Name, new DmnVariable(i.Name, TypeRef(i))) { Description = i.Description }),
        ];
        for (int i = 0; i < ruleset.Sections.Count; i++)
        {
            Section(_document.Sections[i], ruleset.Sections[i]);
        }

        return new DmnDefinitions
        {
            Id = $"ruleset_{_document.Name}",
            Name = _document.Title,
            Namespace = $"https://ecosystem-workflows.dev/rulesets/{_document.Name}/{_document.Version}",
            Description = _document.Description,
            ItemDefinitions = _items,
            InputData = inputs,
            Decisions = [.. _decisions.Select(Requirements)],
        };
    }

    private static string SimpleRef(RulesetType type) => type.Kind switch
    {
        RulesetTypeKind.Text => "string",
        RulesetTypeKind.Any => "Any",
        RulesetTypeKind.List => "Any",
        _ => type.Name,
    };

    private DmnItemDefinition Component(RulesetField field) => field.Type.Kind == RulesetTypeKind.List
        ? new DmnItemDefinition(field.Name) { TypeRef = SimpleRef(field.Type.Item!), IsCollection = true }
        : new DmnItemDefinition(field.Name) { TypeRef = SimpleRef(field.Type), AllowedValues = DmnText.Of(Allowed(field)) };

    private static string? Allowed(RulesetField field) => field.OneOf.Count == 0 ? null : string.Join(", ", field.OneOf.Select(BareWords.Quote));

    private string TypeRef(RulesetField field)
    {
        if (field.Type.Kind != RulesetTypeKind.List && field.OneOf.Count == 0)
        {
            return SimpleRef(field.Type);
        }

        string name = $"{field.Name}_type";
        _items.Add(Component(field) with { Name = name });
        return name;
    }

    private void Section(RulesetSection section, CompiledSection compiled)
    {
        switch (section)
        {
            case ValuesSection values:
                foreach ((string name, RulesetSourceText text) in values.Values)
                {
                    Decide(name, new DmnLiteralExpression(text.Text), section.Title);
                }

                break;
            case TableSection { Each: null } table:
                Table(table, (CompiledTable)compiled);
                break;
            case RulesSection rules when rules.Rules.All(r => r.When.All(c => c is RuleCondition.Test) && r.Then.All(a => a is RuleAction.Insert)):
                foreach (string target in rules.Rules.SelectMany(r => r.Then).Select(a => a.Target).Distinct(StringComparer.Ordinal))
                {
                    Decide(target, new DmnLiteralExpression(Findings(rules, target)), section.Title);
                }

                break;
            default:
                string what = section switch { ScorecardSection => "a scorecard", AllocationSection => "an allocation", RulesSection => "rules over facts", _ => "a table that runs for each element" };
                diagnostics.Error("not-in-dmn", $"sections/{section.Id}", section.Line, section.Column, $"DMN has no counterpart for {what}", "export a ruleset of tables and values, or keep YAML");
                break;
        }
    }

    private void Table(TableSection section, CompiledTable compiled)
    {
        DecisionTableDefinition definition = TableCompiler.Definition(_document, section, compiled.Scope);
        bool one = definition.Outputs.Count == 1;
        string name = section.Into ?? (one ? section.Outputs[0] : Identifier(section.Id));
        var table = new DmnDecisionTable
        {
            HitPolicy = definition.HitPolicy,
            Inputs = [.. definition.Inputs.Select((input, i) => new DmnTableInput(new DmnText(input.Expression), null, null, input.Label, $"{section.Id}_in{i + 1}"))],
            Outputs = [.. definition.Outputs.Select((output, i) => new DmnTableOutput(output.Name, null, DmnText.Of(output.AllowedValues), DmnText.Of(output.Default), null, $"{section.Id}_out{i + 1}"))],
            Annotations = section.Rows.Any(r => r.Because is not null) ? [new DmnTableAnnotation("because")] : [],
            Rules = [.. definition.Rows.Select(r => new DmnTableRule($"{section.Id}_{r.Id}", [.. r.Inputs.Select(c => new DmnText(c))], [.. r.Outputs.Select(c => new DmnText(c))], section.Rows.Any(x => x.Because is not null) ? [new DmnText(r.Annotation ?? "")] : []))],
        };
        Decide(name, table, section.Title);
        if (!one && section.Into is null)
        {
            foreach (string output in section.Outputs)
            {
                Decide(output, new DmnLiteralExpression($"{name}.{output}"), null);
            }
        }
    }

    private void Decide(string name, DmnExpression logic, string? question) =>
        _decisions.Add(new DmnDecision($"decision_{name}", name, new DmnVariable(name)) { Question = question, Logic = logic });

    /// <summary>Arrows to everything that a decision's expressions name.</summary>
    private DmnDecision Requirements(DmnDecision decision)
    {
        string text = decision.Logic switch
        {
            DmnLiteralExpression literal => literal.Text,
            DmnDecisionTable table => string.Join('\n', table.Inputs.Select(i => i.Expression).Concat(table.Rules.SelectMany(r => r.Inputs.Concat(r.Outputs))).Concat(table.Outputs.Select(o => o.Default).OfType<DmnText>()).Select(t => t.Text)),
            _ => "",
        };
        HashSet<string> words = Words(text);
        var arrows = new List<DmnRequirement>();
        arrows.AddRange(_document.Inputs.Where(i => words.Contains(i.Name)).Select(i => new DmnRequirement(DmnRequirementKind.Input, $"#input_{i.Name}", $"{decision.Id}_needs_{i.Name}")));
        arrows.AddRange(_decisions.TakeWhile(d => d.Id != decision.Id).Where(d => words.Contains(d.Name)).Select(d => new DmnRequirement(DmnRequirementKind.Decision, $"#{d.Id}", $"{decision.Id}_needs_{d.Name}")));
        return decision with { Requirements = arrows };
    }

    private static string Findings(RulesSection section, string target)
    {
        IEnumerable<string> parts = section.Rules
            .Where(r => r.Then.Any(a => a.Target == target))
            .OrderByDescending(r => r.Priority)
            .Select(r => $"if {string.Join(" and ", r.When.Cast<RuleCondition.Test>().Select(t => $"({t.Text})"))} then [{string.Join(", ", r.Then.Where(a => a.Target == target).Select(a => Value(a.Value, r.Because)))}] else []");
        return $"concatenate({string.Join(", ", parts.Select(p => $"({p})"))})";
    }

    private static string Value(RuleValue value, RulesetSourceText? because) => value switch
    {
        RuleValue.Record record => $"{{ {string.Join(", ", record.Fields.Select(f => $"{f.Key}: {Value(f.Value, because)}"))} }}",
        RuleValue.Expression { Text.Text: "because" } => Reason(because),
        RuleValue.Expression expression => IsWord(expression.Text.Text) ? BareWords.Quote(expression.Text.Text) : expression.Text.Text,
        _ => "null",
    };

    private static string Reason(RulesetSourceText? because) => because is null || ReasonTemplate.Split(because.Text) is not { Count: > 0 } parts
        ? "null"
        : string.Join(" + ", parts.Select(p => p.IsExpression ? $"string({p.Text})" : BareWords.Quote(p.Text)));

    private static bool IsWord(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterLower(c) || c == '-') && text is not ("true" or "false" or "null");

    internal static HashSet<string> Words(string text)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        int start = -1;
        for (int i = 0; i <= text.Length; i++)
        {
            bool letter = i < text.Length && (char.IsLetterOrDigit(text[i]) || text[i] == '_');
            if (letter && start < 0)
            {
                start = i;
            }
            else if (!letter && start >= 0)
            {
                words.Add(text[start..i]);
                start = -1;
            }
        }

        return words;
    }

    private static string Identifier(string id) => string.Concat(id.Split('-').Select((part, i) => i == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..]));
}
