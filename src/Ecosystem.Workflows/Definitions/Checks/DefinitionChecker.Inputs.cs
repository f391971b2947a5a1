using System.Globalization;
using System.Text.RegularExpressions;

namespace Ecosystem.Workflows.Definitions;

/// <content>Expressions: languages, syntax, variables and types.</content>
internal sealed partial class DefinitionChecker
{
    private void CheckInputs(ActivityNode node)
    {
        foreach (var input in node.Inputs.Values)
        {
            CheckExpression(node, input.Name, input.Expression);
            if (StepLimits.IsLimit(input.Name) && StepLimits.Check(input) is { } limit)
            {
                Error("definition.bad-limit", node, limit, input.Name);
            }

            if (input.Expression.IsType("Literal"))
            {
                CheckLiteral(node, input);
            }
        }

        foreach (var item in node.Json.Objects("cases"))
        {
            if (item["condition"] is System.Text.Json.Nodes.JsonObject condition)
            {
                CheckExpression(node, $"cases[{item.Text("label")}]", PlanReader.ReadExpression(condition["expression"] as System.Text.Json.Nodes.JsonObject ?? condition));
            }
        }

        foreach (var output in node.Outputs.Values.Where(output => output.Reference is { Length: > 0 }))
        {
            if (!IsVariable(node, output.Reference!) && !plan.Outputs.Any(declared => string.Equals(declared.Name, output.Reference, StringComparison.OrdinalIgnoreCase)))
            {
                Warn("definition.unknown-variable", node, $"Its output '{output.Name}' goes to '{output.Reference}', which is neither a variable nor an output of the definition.", output.Name);
            }
        }

        if (node.Type == "Elsa.SetVariable" && (ExpressionEvaluator.ReferenceOf(node.Json["variable"]) is not { } variable || !IsVariable(node, variable)))
        {
            Error("definition.unknown-variable", node, $"It sets the variable '{ExpressionEvaluator.ReferenceOf(node.Json["variable"])}', which is not declared here.", "variable");
        }

        if (node.Type == "Elsa.Cron" && node.Inputs.TryGetValue("cronExpression", out var cron) && cron.Expression.IsType("Literal"))
        {
            try
            {
                if (cron.Expression.Text.Length > 0)
                {
                    CronBehavior.Parse(cron.Expression.Text);
                }
            }
            catch (EngineFault fault)
            {
                Error("definition.bad-cron", node, fault.Message, "cronExpression");
            }
        }
    }

    private void CheckExpression(ActivityNode node, string field, DefinitionExpression expression)
    {
        var wrong = expression.Type.ToUpperInvariant() switch
        {
            "JAVASCRIPT" => JavaScript.Check(expression.Text),
            "LIQUID" => Liquid.Check(expression.Text),
            "FEEL" => Feel.Check(expression.Text),
            "CSHARP" => CSharp.Check(expression.Text),
            "LITERAL" or "OBJECT" or "JSON" or "VARIABLE" or "INPUT" or "OUTPUT" or "DEFAULT" or "" => null,
            _ => $"Expressions in '{expression.Type}' are not supported; write it in JavaScript, Liquid or FEEL.",
        };
        if (wrong is not null)
        {
            Error("definition.bad-expression", node, wrong, field);
            return;
        }

        if (expression.IsType("Variable") && ExpressionEvaluator.ReferenceOf(expression.Value) is { } variable && !IsVariable(node, variable))
        {
            Error("definition.unknown-variable", node, $"There is no variable '{variable}' here.", field);
        }

        if (expression.IsType("FEEL"))
        {
            foreach (var name in Feel.Names(expression.Text)!.Where(name => name != "input" && !IsVariable(node, name)))
            {
                Error("definition.unknown-variable", node, $"The expression reads '{name}', which is neither a variable nor an input.", field);
            }
        }

        if (expression.IsType("JavaScript"))
        {
            foreach (var name in VariablesIn().Matches(expression.Text).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal))
            {
                if (!IsVariable(node, name))
                {
                    Error("definition.unknown-variable", node, $"The script reads the variable '{name}', which is not declared here.", field);
                }
            }
        }
    }

    private void CheckLiteral(ActivityNode node, ActivityInput input)
    {
        var value = Values.FromJson(input.Expression.Value);
        if (value is null or string { Length: 0 } || input.TypeName is null)
        {
            return;
        }

        var fits = Values.ShortName(input.TypeName) switch
        {
            "BOOLEAN" => value is bool || (value is string text && bool.TryParse(text, out _)),
            "INT32" or "INT64" or "DECIMAL" or "DOUBLE" => Values.ToNumber(value) is not null,
            "TIMESPAN" => Durations.Parse(value) is not null,
            "DATETIMEOFFSET" or "DATETIME" => DateTimeOffset.TryParse(Values.ToText(value), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _),
            _ => true,
        };
        if (!fits)
        {
            Error("definition.type-clash", node, $"'{Values.ToText(value)}' is not a {input.TypeName}.", input.Name);
        }
    }

    private bool IsVariable(ActivityNode node, string reference)
    {
        for (var scope = node; scope is not null; scope = scope.Parent)
        {
            if (scope.Variables.Exists(variable => variable.Id == reference || variable.Name == reference))
            {
                return true;
            }

            if (scope != node && scope.Type is "Elsa.For" or "Elsa.ForEach" or "Elsa.ParallelForEach" && reference is "CurrentValue" or "CurrentIndex")
            {
                return true;
            }
        }

        return plan.Variables.Any(variable => variable.Id == reference || variable.Name == reference)
            || plan.Inputs.Any(input => input.Name == reference)
            || plan.Outputs.Any(output => output.Name == reference);
    }

    [GeneratedRegex("""(?:(?<![.\w])variables\.|(?<![.\w])getVariable\(\s*['"])(?<name>[A-Za-z_]\w*)(?!\s*=[^=])""", RegexOptions.CultureInvariant)]
    private static partial Regex VariablesIn();
}
