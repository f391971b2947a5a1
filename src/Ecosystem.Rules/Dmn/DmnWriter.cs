using System.Xml;
using System.Xml.Linq;

namespace Ecosystem.Rules.Dmn;

/// <summary>
/// Writes DMN XML 1.3, 1.4 or 1.5 in the order the schemas ask for, with diagrams. What the version cannot express is refused with its place.
/// </summary>
public static partial class DmnWriter
{
    /// <summary>Writes a model.</summary>
    /// <param name="definitions">The model.</param>
    /// <param name="version">Version of the schema: 1.3, 1.4 or 1.5.</param>
    /// <returns>XML text with a declaration, indented by two spaces.</returns>
    /// <exception cref="DmnException">The model holds something the version cannot express, or an id that is no XML name.</exception>
    public static string Write(DmnDefinitions definitions, DmnVersion version = DmnVersion.V15)
    {
        using var text = new Utf8Writer();
        var settings = new XmlWriterSettings { Indent = true, IndentChars = "  ", NewLineChars = "\n", NewLineHandling = NewLineHandling.None };
        using (var xml = XmlWriter.Create(text, settings))
        {
            new Pass(definitions, version).Root().Save(xml);
        }

        return text.ToString() + "\n";
    }

    private sealed class Utf8Writer : StringWriter
    {
        public Utf8Writer()
            : base(System.Globalization.CultureInfo.InvariantCulture)
        {
        }

        public override System.Text.Encoding Encoding => System.Text.Encoding.UTF8;
    }

    /// <summary>Writing of one document.</summary>
    private sealed partial class Pass(DmnDefinitions model, DmnVersion version)
    {
        private readonly XNamespace _ns = DmnXml.Model(version);
        private readonly XNamespace _dmndi = DmnXml.Dmndi(version);
        private readonly XNamespace _dc = DmnXml.Dc;
        private readonly XNamespace _di = DmnXml.Di;

        public XElement Root()
        {
            var root = Element(
                "definitions",
                new XAttribute(XNamespace.Xmlns + "dmndi", _dmndi),
                new XAttribute(XNamespace.Xmlns + "dc", _dc),
                new XAttribute(XNamespace.Xmlns + "di", _di),
                Id(model.Id, "the model"),
                new XAttribute("name", model.Name),
                new XAttribute("namespace", model.Namespace),
                model.Attributes.Select(Versioned),
                Text("description", model.Description),
                Beside(model.Extensions));
            root.Add(model.Imports.Select(i => Element("import", new XAttribute("name", i.Name), new XAttribute("namespace", i.Namespace), Optional("locationURI", i.Location), new XAttribute("importType", ImportType(i)), Beside(i.Extensions))));
            root.Add(model.ItemDefinitions.Select(i => ItemDefinition("itemDefinition", i, $"type '{i.Name}'")));
            root.Add(model.InputData.Select(i => Named("inputData", i, Variable("variable", i.Variable))));
            root.Add(model.Decisions.Select(Decision));
            root.Add(model.BusinessKnowledgeModels.Select(Knowledge));
            root.Add(model.DecisionServices.Select(Service));
            root.Add(model.KnowledgeSources.Select(Source));
            root.Add(model.Others.Select(Moved));
            if (model.Diagrams.Count > 0)
            {
                root.Add(new XElement(_dmndi + "DMNDI", model.Diagrams.Select(Diagram), model.Styles.Select(Moved)));
            }

            return root;
        }

        private static XAttribute? Optional(string name, string? value) => value is null ? null : new XAttribute(name, value);

        private static XAttribute? Id(string? id, string place) => id is null ? null
            : IsId(id) ? new XAttribute("id", id)
            : throw new DmnException($"{place}: the id '{id}' is not an XML name; ids begin with a letter or '_' and hold no spaces.");

        private static bool IsId(string id)
        {
            try
            {
                return XmlConvert.VerifyNCName(id).Length > 0;
            }
            catch (Exception e) when (e is XmlException or ArgumentException)
            {
                return false;
            }
        }

        private string ImportType(DmnImport import) =>
            import.ImportType is null || DmnXml.Versions.ContainsKey(import.ImportType) ? _ns.NamespaceName : import.ImportType;

        private XElement Element(string name, params object?[] content) => new(_ns + name, content);

        private XElement? Text(string name, string? value) => value is null ? null : Element(name, value);

        private XElement? Text(string name, DmnText? text, params object?[] attributes) => text is null
            ? null
            : Element(name, attributes, Beside(text.Extensions), text.Text.Length == 0 && text.Extensions.OfType<XElement>().Any(IsImported) ? null : Element("text", text.Text), Behind(text.Extensions));

        private static bool IsImported(XElement element) => element.Name.LocalName == "importedValues";

        /// <summary>What an element carries beyond its model and the schemas set first.</summary>
        private IEnumerable<XObject> Beside(IReadOnlyList<XObject> extensions) =>
            [.. extensions.OfType<XAttribute>().Select(Versioned), .. extensions.OfType<XElement>().Where(IsFirst).OrderBy(e => e.Name.LocalName != "description").Select(Moved)];

        /// <summary>What it carries that is neither description nor extension: behind the rest.</summary>
        private IEnumerable<XElement> Behind(IReadOnlyList<XObject> extensions) => extensions.OfType<XElement>().Where(e => !IsFirst(e)).Select(Moved);

        private static bool IsFirst(XElement element) => element.Name.LocalName is "description" or "extensionElements";

        /// <summary>The schema of the version in place of the one an element was read with.</summary>
        private XElement Moved(XElement element)
        {
            var copy = new XElement(element);
            foreach (var part in copy.DescendantsAndSelf())
            {
                part.Name = DmnXml.Versions.ContainsKey(part.Name.NamespaceName) ? _ns + part.Name.LocalName
                    : DmnXml.Drawings.Contains(part.Name.NamespaceName) ? _dmndi + part.Name.LocalName
                    : part.Name;
                part.Attributes().Where(a => a.IsNamespaceDeclaration && (DmnXml.Versions.ContainsKey(a.Value) || DmnXml.Drawings.Contains(a.Value))).Remove();
            }

            return copy;
        }

        private XElement Named(string name, DmnElement element, params object?[] content) => Element(
            name,
            IdOf(element),
            new XAttribute("name", element.Name),
            Optional("label", element.Label),
            Text("description", element.Description),
            Beside(element.Extensions),
            content,
            Behind(element.Extensions));

        /// <summary>An element without an id is known by its name, which may be no XML name.</summary>
        private static XAttribute? IdOf(DmnElement element) => element.Id == element.Name && !IsId(element.Id) ? null : Id(element.Id, $"'{element.Name}'");

        /// <summary>The languages' addresses carry the version of DMN.</summary>
        private XAttribute Versioned(XAttribute attribute) => attribute.Name.LocalName is "expressionLanguage" or "typeLanguage" && DmnXml.IsFeel(attribute.Value)
            ? new XAttribute(attribute.Name, DmnXml.Feel(version))
            : new XAttribute(attribute);

        private XElement Variable(string name, DmnVariable variable) => Element(
            name,
            Id(variable.Id, $"variable '{variable.Name}'"),
            new XAttribute("name", variable.Name),
            Optional("typeRef", variable.TypeRef),
            Beside(variable.Extensions),
            Behind(variable.Extensions));

        private XElement ItemDefinition(string name, DmnItemDefinition item, string place)
        {
            if (item.TypeConstraint is not null && version < DmnVersion.V15)
            {
                throw new DmnException($"{place}: a type constraint needs DMN 1.5; DMN {DmnXml.Name(version)} knows allowed values only.");
            }

            return Element(
                name,
                Id(item.Id, place),
                new XAttribute("name", item.Name),
                Optional("label", item.Label),
                new XAttribute("isCollection", item.IsCollection),
                Text("description", item.Description),
                Beside(item.Extensions),
                Text("typeRef", item.TypeRef),
                Text("allowedValues", item.AllowedValues),
                Text("typeConstraint", item.TypeConstraint),
                item.Components.Select(c => ItemDefinition("itemComponent", c, $"{place}, component '{c.Name}'")),
                item.Function is null ? null : Element("functionItem", Optional("outputTypeRef", item.Function.OutputTypeRef), Beside(item.Function.Extensions), item.Function.Parameters.Select(p => Variable("parameters", p))),
                Behind(item.Extensions));
        }

        private XElement Decision(DmnDecision decision) => Named(
            "decision",
            decision,
            Text("question", decision.Question),
            Text("allowedAnswers", decision.AllowedAnswers),
            Variable("variable", decision.Variable),
            Requirements(decision.Requirements),
            decision.Business.Select(Moved),
            decision.Logic is null ? null : Expression(decision.Logic, $"decision '{decision.Name}'"));

        private XElement Knowledge(DmnBusinessKnowledgeModel knowledge) => Named(
            "businessKnowledgeModel",
            knowledge,
            Variable("variable", knowledge.Variable),
            knowledge.Logic is null ? null : Function("encapsulatedLogic", knowledge.Logic, $"knowledge model '{knowledge.Name}'"),
            Requirements(knowledge.Requirements));

        private XElement Service(DmnDecisionService service) => Named(
            "decisionService",
            service,
            Variable("variable", service.Variable),
            service.OutputDecisions.Select(r => Reference("outputDecision", r)),
            service.EncapsulatedDecisions.Select(r => Reference("encapsulatedDecision", r)),
            service.InputDecisions.Select(r => Reference("inputDecision", r)),
            service.InputData.Select(r => Reference("inputData", r)));

        private XElement Source(DmnKnowledgeSource source) => Named(
            "knowledgeSource",
            source,
            Optional("locationURI", source.LocationUri),
            Requirements(source.Requirements),
            Text("type", source.SourceType),
            source.Owner is null ? null : Reference("owner", source.Owner));

        private XElement Reference(string name, string reference) => Element(name, new XAttribute("href", reference));

        private IEnumerable<XElement> Requirements(IEnumerable<DmnRequirement> requirements) => requirements
            .OrderBy(r => r.Kind switch
            {
                DmnRequirementKind.Input or DmnRequirementKind.Decision => 0,
                DmnRequirementKind.Knowledge => 1,
                _ => 2,
            })
            .Select(r => r.Kind switch
            {
                DmnRequirementKind.Input => Requirement("informationRequirement", r, "requiredInput"),
                DmnRequirementKind.Decision => Requirement("informationRequirement", r, "requiredDecision"),
                DmnRequirementKind.Knowledge => Requirement("knowledgeRequirement", r, "requiredKnowledge"),
                DmnRequirementKind.AuthorityOfDecision => Requirement("authorityRequirement", r, "requiredDecision"),
                DmnRequirementKind.AuthorityOfInput => Requirement("authorityRequirement", r, "requiredInput"),
                _ => Requirement("authorityRequirement", r, "requiredAuthority"),
            });

        private XElement Requirement(string name, DmnRequirement requirement, string target) =>
            Element(name, Id(requirement.Id, $"requirement of '{requirement.Reference}'"), Beside(requirement.Extensions), Reference(target, requirement.Reference), Behind(requirement.Extensions));

        private XElement Diagram(DmnDiagram diagram) => version < DmnVersion.V15 && diagram.Extras.OfType<XAttribute>().Any(a => a.Name.LocalName == "useAlternativeInputDataShape")
            ? throw new DmnException($"diagram '{diagram.Name ?? diagram.Id}': useAlternativeInputDataShape needs DMN 1.5.")
            : new XElement(
            _dmndi + "DMNDiagram",
            Id(diagram.Id, "diagram"),
            Optional("name", diagram.Name),
            Attributes(diagram.Extras),
            Leading(diagram.Extras),
            diagram.Width is null || diagram.Height is null ? null : new XElement(_dmndi + "Size", new XAttribute("width", diagram.Width), new XAttribute("height", diagram.Height)),
            diagram.Shapes.Select(Shape),
            diagram.Edges.Select(e => new XElement(
                _dmndi + "DMNEdge", Id(e.Id, $"edge of '{e.ElementRef}'"), new XAttribute("dmnElementRef", e.ElementRef), Attributes(e.Extras), Leading(e.Extras), e.Points.Select(Point), Labels(e.Extras))));

        private XElement Shape(DmnShape shape) => new(
            _dmndi + "DMNShape",
            Id(shape.Id, $"shape of '{shape.ElementRef}'"),
            new XAttribute("dmnElementRef", shape.ElementRef),
            shape.IsCollapsed ? new XAttribute("isCollapsed", true) : null,
            Attributes(shape.Extras),
            Leading(shape.Extras),
            new XElement(_dc + "Bounds", new XAttribute("height", shape.Bounds.Height), new XAttribute("width", shape.Bounds.Width), new XAttribute("x", shape.Bounds.X), new XAttribute("y", shape.Bounds.Y)),
            Labels(shape.Extras),
            shape.Divider is null ? null : new XElement(_dmndi + "DMNDecisionServiceDividerLine", Attributes(shape.DividerExtras), Leading(shape.DividerExtras), shape.Divider.Select(Point)));

        private static IEnumerable<XAttribute> Attributes(IReadOnlyList<XObject> extras) => extras.OfType<XAttribute>().Select(a => new XAttribute(a));

        /// <summary>Extensions and styles stand before the place of an element, its label behind.</summary>
        private IEnumerable<XElement> Leading(IReadOnlyList<XObject> extras) => extras.OfType<XElement>().Where(e => e.Name.LocalName != "DMNLabel").OrderBy(e => e.Name.LocalName != "extension").Select(Moved);

        private IEnumerable<XElement> Labels(IReadOnlyList<XObject> extras) => extras.OfType<XElement>().Where(e => e.Name.LocalName == "DMNLabel").Select(Moved);

        private XElement Point(DmnPoint point) => new(_di + "waypoint", new XAttribute("x", point.X), new XAttribute("y", point.Y));
    }
}
