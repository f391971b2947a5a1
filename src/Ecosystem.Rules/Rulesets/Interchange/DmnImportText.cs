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
    private readonly Dictionary<string, DmnItemDefinition> _items = definitions.ItemDefinitions.DistinctBy(i => i.Name).ToDictionary(i => i.Name, StringComparer.Ordinal);

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

        if (definitions.DecisionServices.Count > 0)
        {
            Refuse(definitions.DecisionServices[0].Name, "decision services");
        }

        foreach (DmnItemDefinition item in definitions.ItemDefinitions.Where(i => i.TypeConstraint is not null))
        {
            Refuse(item.Name, "type constraints");
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
            Input(input);
        }

        DmnDecision[] order = Order();
        Line("outputs:");
        foreach (DmnDecision decision in order)
        {
            // Results of DMN may be null, so no output is required.
            string ranks = decision.Logic is DmnDecisionTable { Outputs: [{ AllowedValues: { } values }] } ? OneOf(values.Text) : "";
            Line($"  {decision.Name}: {{ type: {Type(decision.Variable.TypeRef, decision.Name)}, required: false{ranks} }}");
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

    private void Input(DmnInputData input)
    {
        string name = Name(input.Name, input.Name), about = input.Description is { Length: > 0 } description ? $", description: {YamlScalarText.Quote(description.Trim(), flow: true)}" : "";
        string allowed = input.Variable.TypeRef is { } type && _items.TryGetValue(type, out DmnItemDefinition? item) ? OneOf(item) : "";
        if (allowed.Length == 0 && Columns().FirstOrDefault(c => c.AllowedValues is not null && c.Expression.Text.Trim() == name) is { } column)
        {
            allowed = OneOf(column.AllowedValues!.Text);
        }

        Line($"  {name}: {{ type: {Type(input.Variable.TypeRef, name)}{allowed}{about} }}");
    }

    private IEnumerable<DmnTableInput> Columns() => definitions.Decisions.Select(d => d.Logic).OfType<DmnDecisionTable>().SelectMany(t => t.Inputs);

    private static string OneOf(DmnItemDefinition item) => item is { AllowedValues: { } allowed, IsCollection: false, TypeRef: "string" } ? OneOf(allowed.Text) : "";

    private static string OneOf(string allowed)
    {
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
        int columnsGiven = table.Rules.Count == 0 ? table.Inputs.Count : table.Rules.Min(r => r.Inputs.Count);
        if (columnsGiven < table.Inputs.Count || table.Rules.Any(r => r.Outputs.Count < table.Outputs.Count))
        {
            diagnostics.Error("not-in-ruleset", decision.Name, 0, 0, "A row of the table has fewer cells than the table has columns", "fill the row in the model");
            return;
        }

        if (table.Inputs.FirstOrDefault(i => i.AllowedValues is { } values && (OneOf(values.Text).Length == 0 || definitions.InputData.All(d => d.Name != i.Expression.Text.Trim()))) is { } limited)
        {
            Refuse($"{decision.Name}, input '{limited.Expression.Text.Trim()}'", "values allowed in a column that are no list of texts, or of what is no input");
        }

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
            Line($"      inputs: {{ {string.Join(", ", columns.Select((c, i) => $"{c}: {YamlScalarText.Quote(table.Inputs[i].Expression.Text.Trim(), flow: true)}"))} }}");
        }

        Line($"      outputs: [{string.Join(", ", outputs)}]");
        Line("      rows:");
        for (int r = 0; r < table.Rules.Count; r++)
        {
            Line($"        - {Row(table.Rules[r], r, columns, outputs)}");
        }

        // In DMN a table that no row fits gives null, unless it says otherwise.
        IEnumerable<string> defaults = outputs.Select((o, i) => $"{o}: {YamlScalarText.Quote(table.Outputs[i].Default?.Text ?? "null", flow: true)}");
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
            if (rule.Inputs[i].Text.Trim() is not ("-" or ""))
            {
                cells.Add($"{columns[i]}: {YamlScalarText.Quote(rule.Inputs[i].Text.Trim(), flow: true)}");
            }
        }

        for (int i = 0; i < outputs.Length; i++)
        {
            cells.Add($"{outputs[i]}: {YamlScalarText.Quote(rule.Outputs[i].Text.Trim(), flow: true)}");
        }

        string because = rule.Annotations.FirstOrDefault(a => a.Text.Length > 0)?.Text ?? rule.Description ?? "";
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
