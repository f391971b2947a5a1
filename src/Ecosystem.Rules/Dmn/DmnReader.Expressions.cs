using System.Xml.Linq;
using Ecosystem.Rules.Tables;

namespace Ecosystem.Rules.Dmn;

public static partial class DmnReader
{
    private sealed partial class Pass
    {
        /// <summary>The expression an element is; null when it is none.</summary>
        private DmnExpression? TryExpression(XElement element)
        {
            if (element.Name.Namespace != ns)
            {
                return null;
            }

            DmnExpression? expression = element.Name.LocalName switch
            {
                "literalExpression" => new DmnLiteralExpression(Child(element, "text")?.Value ?? "") { Language = Attribute(element, "expressionLanguage") },
                "decisionTable" => Table(element),
                "context" => new DmnContext([.. Children(element, "contextEntry").Select(e => new DmnContextEntry(Child(e, "variable") is { } v ? Named(v) : null, First(e)))]),
                "list" => new DmnList([.. element.Elements().Select(TryExpression).OfType<DmnExpression>()]),
                "relation" => new DmnRelation([.. Children(element, "column").Select(Named)], [.. Children(element, "row").Select(r => r.Elements().Select(TryExpression).OfType<DmnExpression>().ToList())]),
                "invocation" => new DmnInvocation(First(element), [.. Children(element, "binding").Select(b => new DmnBinding(Named(Child(b, "parameter") ?? throw Error(b, "a binding needs a parameter")), First(b)))]),
                "functionDefinition" => Function(element),
                "conditional" => new DmnConditional(Inside(element, "if"), Inside(element, "then"), Inside(element, "else")),
                "filter" => new DmnFilter(Inside(element, "in"), Inside(element, "match")),
                "for" => new DmnIteration(DmnIterationKind.For, Iterator(element), Inside(element, "in"), Inside(element, "return")),
                "some" => new DmnIteration(DmnIterationKind.Some, Iterator(element), Inside(element, "in"), Inside(element, "satisfies")),
                "every" => new DmnIteration(DmnIterationKind.Every, Iterator(element), Inside(element, "in"), Inside(element, "satisfies")),
                _ => null,
            };
            return expression is null ? null : expression with { Id = Attribute(element, "id"), TypeRef = TypeRef(element), Label = Attribute(element, "label"), Description = Child(element, "description")?.Value, Extensions = Extensions(element) };
        }

        private DmnExpression? First(XElement element) => element.Elements().Select(TryExpression).FirstOrDefault(e => e is not null);

        private DmnExpression Inside(XElement element, string name)
        {
            var part = Child(element, name) ?? throw Error(element, $"'{element.Name.LocalName}' needs '{name}'");
            var expression = First(part) ?? throw Error(part, $"'{name}' needs an expression");
            return expression.TypeRef is null && Attribute(part, "typeRef") is not null ? expression with { TypeRef = TypeRef(part) } : expression;
        }

        private static DmnVariable Iterator(XElement element) =>
            new(Normal(Attribute(element, "iteratorVariable") ?? throw Error(element, $"'{element.Name.LocalName}' needs iteratorVariable")));

        private DmnFunctionDefinition Function(XElement element) => new([.. Children(element, "formalParameter").Select(Named)], First(element))
        {
            Kind = Attribute(element, "kind") ?? "FEEL",
            Id = Attribute(element, "id"),
            TypeRef = TypeRef(element),
            Label = Attribute(element, "label"),
        };

        private DmnDecisionTable Table(XElement element)
        {
            var outputs = Children(element, "output").ToList();
            return new DmnDecisionTable
            {
                HitPolicy = Policy(element),
                Inputs = [.. Children(element, "input").Select(Input)],
                Outputs = [.. outputs.Select(o => new DmnTableOutput(
                    Attribute(o, "name") is { } name ? Normal(name) : null, TypeRef(o), Text(Child(o, "outputValues")), Text(Child(o, "defaultOutputEntry")), Attribute(o, "label"), Attribute(o, "id")))],
                Annotations = [.. Children(element, "annotation").Select(a => Attribute(a, "name") ?? "")],
                Rules = [.. Children(element, "rule").Select(r => new DmnTableRule(
                    Attribute(r, "id"),
                    [.. Children(r, "inputEntry").Select(e => Text(e) ?? "")],
                    [.. Children(r, "outputEntry").Select(e => Text(e) ?? "")],
                    [.. Children(r, "annotationEntry").Select(e => Text(e) ?? "")],
                    Child(r, "description")?.Value))],
                OutputLabel = Attribute(element, "outputLabel"),
                PreferredOrientation = Attribute(element, "preferredOrientation"),
            };
        }

        private DmnTableInput Input(XElement element)
        {
            var expression = Child(element, "inputExpression");
            return new DmnTableInput(
                (expression is null ? null : Text(expression)) ?? throw Error(element, "an input of a decision table needs an expression"),
                TypeRef(expression!),
                Text(Child(element, "inputValues")),
                Attribute(element, "label"),
                Attribute(element, "id"));
        }

        private static HitPolicy Policy(XElement element)
        {
            var policy = Attribute(element, "hitPolicy") ?? "UNIQUE";
            var aggregation = Attribute(element, "aggregation");
            return (policy, aggregation) switch
            {
                ("UNIQUE", _) => HitPolicy.Unique,
                ("ANY", _) => HitPolicy.Any,
                ("PRIORITY", _) => HitPolicy.Priority,
                ("FIRST", _) => HitPolicy.First,
                ("RULE ORDER", _) => HitPolicy.RuleOrder,
                ("OUTPUT ORDER", _) => HitPolicy.OutputOrder,
                ("COLLECT", null) => HitPolicy.Collect,
                ("COLLECT", "SUM") => HitPolicy.CollectSum,
                ("COLLECT", "MIN") => HitPolicy.CollectMin,
                ("COLLECT", "MAX") => HitPolicy.CollectMax,
                ("COLLECT", "COUNT") => HitPolicy.CollectCount,
                _ => throw Error(element, $"there is no hit policy '{policy}' with aggregation '{aggregation}'"),
            };
        }
    }
}
