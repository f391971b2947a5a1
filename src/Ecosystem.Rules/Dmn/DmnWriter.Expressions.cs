using System.Xml.Linq;
using Ecosystem.Rules.Tables;

namespace Ecosystem.Rules.Dmn;

public static partial class DmnWriter
{
    private sealed partial class Pass
    {
        private XElement Expression(DmnExpression expression, string place) => expression switch
        {
            DmnLiteralExpression literal => Boxed("literalExpression", literal, literal.Language is null ? null : Versioned(new XAttribute("expressionLanguage", literal.Language)), literal.Text.Length == 0 && literal.Extensions.OfType<XElement>().Any(IsImported) ? null : Element("text", literal.Text)),
            DmnDecisionTable table => Table(table),
            DmnContext context => Boxed("context", context, context.Entries.Select(e => Element(
                "contextEntry",
                Beside(e.Extensions),
                e.Variable is null ? null : Variable("variable", e.Variable),
                e.Value is null ? null : Expression(e.Value, e.Variable is null ? place : $"{place}, entry '{e.Variable.Name}'"),
                Behind(e.Extensions)))),
            DmnList list => Boxed("list", list, list.Items.Select(i => Expression(i, place))),
            DmnRelation relation => Boxed("relation", relation, relation.Columns.Select(c => Variable("column", c)), relation.Rows.Select(r => Boxed("row", r, r.Items.Select(c => Expression(c, place))))),
            DmnInvocation call => Boxed(
                "invocation",
                call,
                call.Function is null ? null : Expression(call.Function, place),
                call.Bindings.Select(b => Element("binding", Beside(b.Extensions), Variable("parameter", b.Parameter), b.Value is null ? null : Expression(b.Value, $"{place}, argument '{b.Parameter.Name}'"), Behind(b.Extensions)))),
            DmnFunctionDefinition function => Function("functionDefinition", function, place),
            DmnConditional conditional => Newer("conditional", conditional, place, Inside("if", conditional.If, place), Inside("then", conditional.Then, place), Inside("else", conditional.Else, place)),
            DmnFilter filter => Newer("filter", filter, place, Inside("in", filter.In, place), Inside("match", filter.Match, place)),
            DmnIteration iteration => Newer(
                iteration.Kind switch { DmnIterationKind.For => "for", DmnIterationKind.Some => "some", _ => "every" },
                iteration,
                place,
                new XAttribute("iteratorVariable", iteration.Variable.Name),
                Inside("in", iteration.In, place),
                Inside(iteration.Kind == DmnIterationKind.For ? "return" : "satisfies", iteration.Each, place)),
            _ => throw new DmnException($"{place}: {expression.GetType().Name} cannot be written."),
        };

        private XElement Boxed(string name, DmnExpression expression, params object?[] content) =>
            Element(name, Id(expression.Id, name), Optional("typeRef", expression.TypeRef), Optional("label", expression.Label), Text("description", expression.Description), Beside(expression.Extensions), content, Behind(expression.Extensions));

        private XElement Newer(string name, DmnExpression expression, string place, params object?[] content) => version >= DmnVersion.V14
            ? Boxed(name, expression, content)
            : throw new DmnException($"{place}: a boxed '{name}' needs DMN 1.4 or later. Write it as FEEL text to keep DMN {DmnXml.Name(version)}.");

        private XElement Inside(string name, DmnExpression expression, string place)
        {
            // A type told around the expression is not told again within.
            var told = expression.Around.OfType<XAttribute>().Any(a => a.Name.LocalName == "typeRef" && a.Value == expression.TypeRef);
            return Element(name, Beside(expression.Around), Expression(told ? expression with { TypeRef = null } : expression, place), Behind(expression.Around));
        }

        private XElement Function(string name, DmnFunctionDefinition function, string place) => Boxed(
            name,
            function,
            new XAttribute("kind", function.Kind),
            function.Parameters.Select(p => Variable("formalParameter", p)),
            function.Body is null ? null : Expression(function.Body, place));

        private XElement Table(DmnDecisionTable table)
        {
            var (policy, aggregation) = table.HitPolicy switch
            {
                HitPolicy.Unique => ("UNIQUE", null),
                HitPolicy.Any => ("ANY", null),
                HitPolicy.Priority => ("PRIORITY", null),
                HitPolicy.First => ("FIRST", null),
                HitPolicy.RuleOrder => ("RULE ORDER", null),
                HitPolicy.OutputOrder => ("OUTPUT ORDER", null),
                HitPolicy.CollectSum => ("COLLECT", "SUM"),
                HitPolicy.CollectMin => ("COLLECT", "MIN"),
                HitPolicy.CollectMax => ("COLLECT", "MAX"),
                HitPolicy.CollectCount => ("COLLECT", "COUNT"),
                _ => ("COLLECT", (string?)null),
            };
            return Boxed(
                "decisionTable",
                table,
                new XAttribute("hitPolicy", policy),
                Optional("aggregation", aggregation),
                Optional("preferredOrientation", table.PreferredOrientation),
                Optional("outputLabel", table.OutputLabel),
                table.Inputs.Select(i => Element(
                    "input",
                    Id(i.Id, "input"),
                    Optional("label", i.Label),
                    Beside(i.Extensions),
                    Text("inputExpression", i.Expression, Optional("typeRef", i.TypeRef)),
                    Text("inputValues", i.AllowedValues),
                    Behind(i.Extensions))),
                table.Outputs.Select(o => Element(
                    "output",
                    Id(o.Id, "output"),
                    Optional("name", o.Name),
                    Optional("label", o.Label),
                    Optional("typeRef", o.TypeRef),
                    Beside(o.Extensions),
                    Text("outputValues", o.AllowedValues),
                    Text("defaultOutputEntry", o.Default),
                    Behind(o.Extensions))),
                table.Annotations.Select(a => Element("annotation", Optional("name", a.Name), Beside(a.Extensions), Behind(a.Extensions))),
                table.Rules.Select(r => Element(
                    "rule",
                    Id(r.Id, "rule"),
                    Text("description", r.Description),
                    Beside(r.Extensions),
                    r.Inputs.Select(c => Text("inputEntry", c)),
                    r.Outputs.Select(c => Text("outputEntry", c)),
                    r.Annotations.Select(a => Text("annotationEntry", a)),
                    Behind(r.Extensions))));
        }
    }
}
