using System.Xml.Linq;
using Ecosystem.Rules.Tables;

namespace Ecosystem.Rules.Dmn;

public static partial class DmnReader
{
    private sealed partial class Pass
    {
        private static readonly string[] Expressions =
        [
            "literalExpression", "decisionTable", "context", "list", "relation", "invocation", "functionDefinition", "conditional", "filter", "for", "some", "every",
        ];

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
                "context" => new DmnContext([.. Children(element, "contextEntry").Select(e => new DmnContextEntry(Child(e, "variable") is { } v ? Named(v) : null, First(e)) { Extensions = Rest(e, ["variable", .. Expressions]) })]),
                "list" => List(element),
                "relation" => new DmnRelation([.. Children(element, "column").Select(Named)], [.. Children(element, "row").Select(r => (DmnList)Described(r, List(r)))]),
                "invocation" => new DmnInvocation(First(element), [.. Children(element, "binding").Select(b => new DmnBinding(Named(Child(b, "parameter") ?? throw Error(b, "a binding needs a parameter")), First(b)) { Extensions = Rest(b, ["parameter", .. Expressions]) })]),
                "functionDefinition" => Function(element),
                "conditional" => new DmnConditional(Inside(element, "if"), Inside(element, "then"), Inside(element, "else")),
                "filter" => new DmnFilter(Inside(element, "in"), Inside(element, "match")),
                "for" => new DmnIteration(DmnIterationKind.For, Iterator(element), Inside(element, "in"), Inside(element, "return")),
                "some" => new DmnIteration(DmnIterationKind.Some, Iterator(element), Inside(element, "in"), Inside(element, "satisfies")),
                "every" => new DmnIteration(DmnIterationKind.Every, Iterator(element), Inside(element, "in"), Inside(element, "satisfies")),
                _ => null,
            };
            return expression is null ? null : Described(element, expression);
        }

        /// <summary>What every expression may carry.</summary>
        private DmnExpression Described(XElement element, DmnExpression expression) => expression with
        {
            Id = Attribute(element, "id"),
            TypeRef = TypeRef(element),
            Label = Attribute(element, "label"),
            Description = Child(element, "description")?.Value,
            Extensions = Rest(element, ["id", "typeRef", "label", "description", .. Own(expression)]),
        };

        /// <summary>Attributes and elements that are read into an expression of its kind.</summary>
        private static string[] Own(DmnExpression expression) => expression switch
        {
            DmnLiteralExpression => ["expressionLanguage", "text"],
            DmnDecisionTable => ["hitPolicy", "aggregation", "preferredOrientation", "outputLabel", "input", "output", "annotation", "rule"],
            DmnContext => ["contextEntry"],
            DmnRelation => ["column", "row"],
            DmnList => Expressions,
            DmnInvocation => ["binding", .. Expressions],
            DmnFunctionDefinition => ["kind", "formalParameter", .. Expressions],
            DmnConditional => ["if", "then", "else"],
            DmnFilter => ["in", "match"],
            DmnIteration { Kind: DmnIterationKind.For } => ["iteratorVariable", "in", "return"],
            DmnIteration => ["iteratorVariable", "in", "satisfies"],
            _ => [],
        };

        /// <summary>The one expression of an element.</summary>
        private DmnExpression? First(XElement element)
        {
            var expressions = element.Elements().Where(e => e.Name.Namespace == ns && Expressions.Contains(e.Name.LocalName)).Take(2).ToList();
            return expressions.Count switch
            {
                0 => null,
                1 => TryExpression(expressions[0]),
                _ => throw Error(expressions[1], $"'{element.Name.LocalName}' takes one expression, not two"),
            };
        }

        private DmnExpression Inside(XElement element, string name)
        {
            var part = Child(element, name) ?? throw Error(element, $"'{element.Name.LocalName}' needs '{name}'");
            var expression = First(part) ?? throw Error(part, $"'{name}' needs an expression");
            return expression with { TypeRef = expression.TypeRef ?? TypeRef(part), Around = Rest(part, Expressions) };
        }

        private static DmnVariable Iterator(XElement element) =>
            new(Normal(Attribute(element, "iteratorVariable") ?? throw Error(element, $"'{element.Name.LocalName}' needs iteratorVariable")));

        private DmnFunctionDefinition Function(XElement element) => new([.. Children(element, "formalParameter").Select(Named)], First(element))
        {
            Kind = Attribute(element, "kind") ?? "FEEL",
        };

        private DmnList List(XElement element) => new([.. element.Elements().Select(TryExpression).OfType<DmnExpression>()]);

        private DmnDecisionTable Table(XElement element) =>
            new()
            {
                HitPolicy = Policy(element),
                Inputs = [.. Children(element, "input").Select(Input)],
                Outputs = [.. Children(element, "output").Select(o => new DmnTableOutput(
                    Attribute(o, "name") is { } name ? Normal(name) : null, TypeRef(o), TextOf(o, "outputValues"), TextOf(o, "defaultOutputEntry"), Attribute(o, "label"), Attribute(o, "id"))
                {
                    Extensions = Rest(o, "name", "typeRef", "outputValues", "defaultOutputEntry", "label", "id"),
                })],
                Annotations = [.. Children(element, "annotation").Select(a => new DmnTableAnnotation(Attribute(a, "name")) { Extensions = Rest(a, "name") })],
                Rules = [.. Children(element, "rule").Select(r => new DmnTableRule(
                    Attribute(r, "id"),
                    [.. Children(r, "inputEntry").Select(e => Text(e))],
                    [.. Children(r, "outputEntry").Select(e => Text(e))],
                    [.. Children(r, "annotationEntry").Select(e => Text(e))],
                    Child(r, "description")?.Value)
                {
                    Extensions = Rest(r, "id", "inputEntry", "outputEntry", "annotationEntry", "description"),
                })],
                OutputLabel = Attribute(element, "outputLabel"),
                PreferredOrientation = Attribute(element, "preferredOrientation"),
            };

        private DmnTableInput Input(XElement element)
        {
            var expression = Child(element, "inputExpression");
            if (expression is null || Child(expression, "text") is null)
            {
                throw Error(expression ?? element, "an input of a decision table needs an expression");
            }

            return new DmnTableInput(Text(expression, "typeRef"), TypeRef(expression), TextOf(element, "inputValues"), Attribute(element, "label"), Attribute(element, "id"))
            {
                Extensions = Rest(element, "inputExpression", "inputValues", "label", "id"),
            };
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
