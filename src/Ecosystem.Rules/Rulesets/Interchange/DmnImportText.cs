using System.Globalization;
using System.Text;
using Ecosystem.Rules.Dmn;
using Ecosystem.Rules.Rulesets.Documents;
using Ecosystem.Rules.Tables;

namespace Ecosystem.Rules.Rulesets;

/// <summary>Writes the ruleset of a DMN model.</summary>
internal sealed class DmnImportText(DmnDefinitions definitions, DiagnosticList diagnostics)
{
    private readonly StringBuilder _text = new();
    private readonly Dictionary<string, DmnItemDefinition> _items = definitions.ItemDefinitions.ToDictionary(i => i.Name, StringComparer.Ordinal);

    public string Write()
    {
        if (definitions.BusinessKnowledgeModels.Count > 0)
        {
            Refuse(definitions.BusinessKnowledgeModels[0].Name, "business knowledge models");
        }

        if (definitions.Imports.Count > 0)
        {
            Refuse(definitions.Imports[0].Name, "imports of other models");
        }

        string title = definitions.Name.Length == 0 ? "Imported model" : definitions.Name;
        Line($"name: {Kebab(title)}");
        Line($"title: {Quote(title)}");
        if (definitions.Description is { Length: > 0 } description)
        {
            Line($"description: {Quote(description.Trim())}");
        }

        Line("owner: imported");
        Line("version: 1.0.0");
        WriteTypes();
        Line("inputs:");
        foreach (DmnInputData input in definitions.InputData)
        {
            Field(Name(input.Name, input.Name), input.Variable.TypeRef, input.Description, "  ");
        }

        DmnDecision[] order = Order();
        Line("outputs:");
        foreach (DmnDecision decision in order)
        {
            // Results of DMN may be null, so no output is required.
            Line($"  {decision.Name}: {{ type: {Type(decision.Variable.TypeRef, decision.Name)}, required: false }}");
        }

        Line("sections:");
        foreach (DmnDecision decision in order)
        {
            Section(decision);
        }

        return diagnostics.HasErrors ? "" : RulesetFormatter.Format(_text.ToString());
    }

    private void WriteTypes()
    {
        DmnItemDefinition[] records = [.. definitions.ItemDefinitions.Where(i => i.Components.Count > 0)];
        if (records.Length == 0)
        {
            return;
        }

        Line("types:");
        foreach (DmnItemDefinition record in records)
        {
            Line($"  {Name(record.Name, record.Name)}:");
            foreach (DmnItemDefinition component in record.Components)
            {
                if (component.Components.Count > 0)
                {
                    Refuse($"{record.Name}.{component.Name}", "types within types; give the inner one a name");
                }

                string type = Type(component.TypeRef, component.Name);
                Line($"    {Name(component.Name, record.Name)}: {{ type: {(component.IsCollection ? "list of " : "")}{type}, required: false{OneOf(component)} }}");
            }
        }
    }

    private void Field(string name, string? typeRef, string? description, string indent)
    {
        string about = description is { Length: > 0 } ? $", description: {YamlScalarText.Quote(description.Trim(), flow: true)}" : "";
        string allowed = typeRef is not null && _items.TryGetValue(typeRef, out DmnItemDefinition? item) ? OneOf(item) : "";
        Line($"{indent}{name}: {{ type: {Type(typeRef, name)}{allowed}{about} }}");
    }

    private static string OneOf(DmnItemDefinition item)
    {
        if (item.AllowedValues is not { } allowed || item.IsCollection || item.TypeRef is not "string")
        {
            return "";
        }

        string[] texts = [.. BareWords.Split(allowed)];
        return texts.All(t => t.Length > 1 && t[0] == '"' && t.IndexOf('"', 1) == t.Length - 1)
            ? $", oneOf: [{string.Join(", ", texts.Select(t => YamlScalarText.Quote(t[1..^1], flow: true)))}]"
            : "";
    }

    private string Type(string? typeRef, string place)
    {
        switch (typeRef)
        {
            case null or "" or "Any":
                return "any";
            case "string":
                return "text";
            case "number" or "boolean" or "date" or "time":
                return typeRef;
            case "date and time" or "dateTime":
                return "date and time";
            case "days and time duration" or "dayTimeDuration":
                return "days and time duration";
            case "years and months duration" or "yearMonthDuration":
                return "years and months duration";
        }

        if (!_items.TryGetValue(typeRef, out DmnItemDefinition? item))
        {
            diagnostics.Error("not-in-ruleset", place, 0, 0, $"The type '{typeRef}' is not defined");
            return "any";
        }

        string name = item.Components.Count > 0 ? Name(item.Name, place) : item.TypeRef is { } inner && inner != typeRef ? Type(inner, place) : "any";
        return item.IsCollection ? $"list of {name}" : name;
    }

    private void Section(DmnDecision decision)
    {
        string name = Name(decision.Name, decision.Name);
        switch (decision.Logic)
        {
            case DmnLiteralExpression literal:
                Line($"  - id: {Kebab(name)}");
                Line("    values:");
                Line($"      {name}: {Quote(literal.Text.Trim())}");
                break;
            case DmnDecisionTable table:
                Table(decision, table, name);
                break;
            case null:
                Refuse(decision.Name, "decisions without logic");
                break;
            default:
                Refuse(decision.Name, "boxed expressions other than literals and tables");
                break;
        }
    }

    private void Table(DmnDecision decision, DmnDecisionTable table, string name)
    {
        bool several = table.Outputs.Count > 1;
        string[] outputs = several ? [.. table.Outputs.Select(o => Name(o.Name ?? "", decision.Name))] : [name];
        string[] columns = [.. table.Inputs.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"c{i + 1}"))];
        Line($"  - id: {Kebab(name)}");
        if (decision.Question is { Length: > 0 } question)
        {
            Line($"    title: {Quote(question.Trim())}");
        }

        Line("    table:");
        if (several)
        {
            Line($"      into: {name}");
        }

        Line($"      hit: {Policy(table.HitPolicy)}");
        if (columns.Length > 0)
        {
            Line($"      inputs: {{ {string.Join(", ", columns.Select((c, i) => $"{c}: {YamlScalarText.Quote(table.Inputs[i].Expression.Trim(), flow: true)}"))} }}");
        }

        Line($"      outputs: [{string.Join(", ", outputs)}]");
        Line("      rows:");
        for (int r = 0; r < table.Rules.Count; r++)
        {
            Line($"        - {Row(table.Rules[r], r, columns, outputs)}");
        }

        // In DMN a table that no row fits gives null, unless it says otherwise.
        IEnumerable<string> defaults = outputs.Select((o, i) => $"{o}: {YamlScalarText.Quote(table.Outputs[i].Default ?? "null", flow: true)}");
        if (table.HitPolicy is not (HitPolicy.Collect or HitPolicy.RuleOrder or HitPolicy.OutputOrder or HitPolicy.CollectSum or HitPolicy.CollectMin or HitPolicy.CollectMax or HitPolicy.CollectCount))
        {
            Line($"      defaults: {{ {string.Join(", ", defaults)} }}");
        }
    }

    private static string Row(DmnTableRule rule, int number, string[] columns, string[] outputs)
    {
        var cells = new List<string> { string.Create(CultureInfo.InvariantCulture, $"id: row-{number + 1}") };
        for (int i = 0; i < columns.Length; i++)
        {
            if (rule.Inputs[i].Trim() is not ("-" or ""))
            {
                cells.Add($"{columns[i]}: {YamlScalarText.Quote(rule.Inputs[i].Trim(), flow: true)}");
            }
        }

        for (int i = 0; i < outputs.Length; i++)
        {
            cells.Add($"{outputs[i]}: {YamlScalarText.Quote(rule.Outputs[i].Trim(), flow: true)}");
        }

        string because = rule.Annotations.FirstOrDefault(a => a.Length > 0) ?? rule.Description ?? "";
        if (because.Length > 0)
        {
            cells.Add($"because: {YamlScalarText.Quote(because.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal), flow: true)}");
        }

        return $"{{ {string.Join(", ", cells)} }}";
    }

    private static string Policy(HitPolicy policy) => policy switch
    {
        HitPolicy.RuleOrder => "rule order",
        HitPolicy.OutputOrder => "output order",
        HitPolicy.CollectSum => "collect sum",
        HitPolicy.CollectMin => "collect min",
        HitPolicy.CollectMax => "collect max",
        HitPolicy.CollectCount => "collect count",
        _ => policy.ToString().ToLowerInvariant(),
    };

    /// <summary>Decisions so that each comes after what it needs.</summary>
    private DmnDecision[] Order()
    {
        var order = new List<DmnDecision>();
        var state = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (DmnDecision decision in definitions.Decisions)
        {
            Visit(decision);
        }

        return [.. order];

        void Visit(DmnDecision decision)
        {
            int known = state.GetValueOrDefault(decision.Id);
            if (known == 1)
            {
                diagnostics.Error("not-in-ruleset", decision.Name, 0, 0, "Decisions need each other in a circle");
            }

            if (known != 0)
            {
                return;
            }

            state[decision.Id] = 1;
            foreach (DmnRequirement need in decision.Requirements.Where(r => r.Kind == DmnRequirementKind.Decision))
            {
                if (definitions.Decisions.FirstOrDefault(d => "#" + d.Id == need.Reference) is { } other)
                {
                    Visit(other);
                }
            }

            state[decision.Id] = 2;
            order.Add(decision);
        }
    }

    private string Name(string name, string place)
    {
        if (!TypeReader.IsName(name))
        {
            diagnostics.Error("not-in-ruleset", place, 0, 0, $"The name '{name}' cannot be used in a ruleset", "rename it in the model: letters, digits and _ only");
        }

        return name;
    }

    private void Refuse(string place, string what) => diagnostics.Error("not-in-ruleset", place, 0, 0, $"A ruleset has no counterpart for {what}", "keep the DMN model");

    private void Line(string line) => _text.Append(line).Append('\n');

    private static string Quote(string text) => text.Contains('\n', StringComparison.Ordinal) ? YamlScalarText.Quote(text.ReplaceLineEndings(" "), flow: true) : YamlScalarText.Quote(text, flow: true);

    private static string Kebab(string text)
    {
        var result = new StringBuilder();
        char before = ' ';
        foreach (char c in text)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                if (char.IsAsciiLetterUpper(c) && char.IsAsciiLetterLower(before))
                {
                    result.Append('-');
                }

                result.Append(char.ToLowerInvariant(c));
            }
            else if (result.Length > 0 && result[^1] != '-')
            {
                result.Append('-');
            }

            before = c;
        }

        string kebab = result.ToString().Trim('-');
        return kebab.Length == 0 || !char.IsAsciiLetter(kebab[0]) ? "model-" + kebab : kebab;
    }
}
