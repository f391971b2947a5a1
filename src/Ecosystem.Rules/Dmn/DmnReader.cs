using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Ecosystem.Rules.Dmn;

/// <summary>Reads DMN XML 1.1 to 1.6. Document types and external entities are refused.</summary>
public static partial class DmnReader
{
    private const int MaxDepth = 200;

    /// <summary>Reads a model.</summary>
    /// <param name="xml">The XML text.</param>
    /// <exception cref="DmnException">The text is not XML, or not DMN; with line and column.</exception>
    public static DmnDefinitions Read(string xml)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 100_000_000 };
        XElement root;
        try
        {
            CheckDepth(xml, settings);
            using var reader = XmlReader.Create(new StringReader(xml), settings);
            root = XDocument.Load(reader, LoadOptions.SetLineInfo | LoadOptions.PreserveWhitespace).Root!;
        }
        catch (XmlException e)
        {
            throw new DmnException($"line {e.LineNumber}, column {e.LinePosition}: not well-formed XML: {e.Message}", e);
        }

        if (root.Name.LocalName != "definitions" || !DmnXml.Versions.TryGetValue(root.Name.NamespaceName, out var version))
        {
            throw Error(root, $"expected the element 'definitions' of DMN 1.1 to 1.6, found '{root.Name.LocalName}' of '{root.Name.NamespaceName}'");
        }

        return new Pass(root.Name.Namespace, version).Definitions(root);
    }

    /// <summary>Reads a model from a file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <exception cref="DmnException">The file is not XML, or not DMN; with line and column.</exception>
    public static DmnDefinitions ReadFile(string path)
    {
        try
        {
            return Read(File.ReadAllText(path));
        }
        catch (DmnException e)
        {
            throw new DmnException($"{Path.GetFileName(path)}: {e.Message}", e);
        }
    }

    /// <summary>Refuses nesting that no model needs, before anything is built from it that is walked by recursion.</summary>
    private static void CheckDepth(string xml, XmlReaderSettings settings)
    {
        using var reader = XmlReader.Create(new StringReader(xml), settings);
        while (reader.Read())
        {
            if (reader.Depth > MaxDepth)
            {
                var line = (IXmlLineInfo)reader;
                throw new DmnException($"line {line.LineNumber}, column {line.LinePosition}: the model is nested deeper than {MaxDepth} elements.");
            }
        }
    }

    private static DmnException Error(XElement element, string message)
    {
        var line = (IXmlLineInfo)element;
        return new DmnException($"line {line.LineNumber}, column {line.LinePosition}: {message}.");
    }

    /// <summary>Reading of one document.</summary>
    private sealed partial class Pass(XNamespace ns, DmnVersion version)
    {
        private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
        {
            "description", "extensionElements", "import", "itemDefinition", "inputData", "decision", "businessKnowledgeModel", "decisionService", "knowledgeSource",
        };

        private static readonly HashSet<string> Drawn = new(StringComparer.Ordinal) { "DMNDI" };

        private static readonly string[] Business = ["supportedObjective", "impactedPerformanceIndicator", "decisionMaker", "decisionOwner", "usingProcess", "usingTask"];

        private static readonly string[] Requiring = ["informationRequirement", "knowledgeRequirement", "authorityRequirement"];

        public DmnDefinitions Definitions(XElement root) => new()
        {
            Id = Attribute(root, "id"),
            Name = Attribute(root, "name") ?? "",
            Namespace = Attribute(root, "namespace") ?? "",
            Description = Child(root, "description")?.Value,
            Version = version,
            Extensions = [.. Children(root, "extensionElements").Where(e => e.HasElements).Select(e => new XElement(e))],
            Attributes = [.. root.Attributes().Where(IsForeign).Select(a => new XAttribute(a))],
            Imports = [.. Children(root, "import").Select(e => new DmnImport(Attribute(e, "name") ?? "", Attribute(e, "namespace") ?? "", Attribute(e, "locationURI"), Attribute(e, "importType")) { Extensions = Rest(e, "name", "namespace", "locationURI", "importType") })],
            ItemDefinitions = [.. Children(root, "itemDefinition").Select(ItemDefinition)],
            InputData = [.. Children(root, "inputData").Select(e => new DmnInputData(Id(e), Name(e), Variable(e)) { Description = Child(e, "description")?.Value, Label = Attribute(e, "label"), Extensions = Rest(e, "id", "name", "label", "description", "variable") })],
            Decisions = [.. Children(root, "decision").Select(Decision)],
            BusinessKnowledgeModels = [.. Children(root, "businessKnowledgeModel").Select(Knowledge)],
            DecisionServices = [.. Children(root, "decisionService").Select(Service)],
            KnowledgeSources = [.. Children(root, "knowledgeSource").Select(Source)],
            Diagrams = [.. root.Elements().Where(e => e.Name.LocalName == "DMNDI").SelectMany(Diagrams)],
            Styles = [.. root.Elements().Where(e => e.Name.LocalName == "DMNDI").Elements().Where(e => e.Name.LocalName == "DMNStyle").Select(e => new XElement(e))],
            Others = [.. root.Elements().Where(e => !(e.Name.Namespace == ns ? Known : Drawn).Contains(e.Name.LocalName)).Select(e => new XElement(e))],
        };

        /// <summary>Attributes of the root, and prefixes, that are not the schema's own.</summary>
        private static bool IsForeign(XAttribute attribute) => attribute.IsNamespaceDeclaration
            ? attribute.Name.Namespace == XNamespace.Xmlns && !attribute.Value.StartsWith("http://www.omg.org/spec/DMN/", StringComparison.Ordinal) && !attribute.Value.StartsWith("https://www.omg.org/spec/DMN/", StringComparison.Ordinal)
            : attribute.Name.LocalName is not ("id" or "name" or "namespace" or "schemaLocation");

        private static string? Attribute(XElement element, string name) => element.Attribute(name)?.Value;

        private XElement? Child(XElement element, string name) => element.Element(ns + name);

        private IEnumerable<XElement> Children(XElement element, string name) => element.Elements(ns + name);

        private static string Name(XElement element) => Normal(Attribute(element, "name") ?? throw Error(element, $"the element '{element.Name.LocalName}' needs a name"));

        private static string Id(XElement element) => Attribute(element, "id") ?? Name(element);

        private static string Normal(string name) => string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

        /// <summary>Everything an element carries but what is named: nothing that is read may be lost when it is written again.</summary>
        private List<XObject> Rest(XElement element, params ReadOnlySpan<string> known)
        {
            var rest = new List<XObject>();
            foreach (var attribute in element.Attributes())
            {
                if (!attribute.IsNamespaceDeclaration && !(attribute.Name.NamespaceName.Length == 0 && known.Contains(attribute.Name.LocalName)))
                {
                    rest.Add(new XAttribute(attribute));
                }
            }

            foreach (var child in element.Elements())
            {
                if (child.Name.Namespace != ns || !known.Contains(child.Name.LocalName))
                {
                    rest.Add(new XElement(child));
                }
            }

            return rest;
        }

        /// <summary>The type as an attribute or, before DMN 1.2, as an element; without the prefix of FEEL's own types.</summary>
        private string? TypeRef(XElement element)
        {
            var type = Attribute(element, "typeRef") ?? Child(element, "typeRef")?.Value;
            if (type is null)
            {
                return null;
            }

            type = Normal(type);
            var colon = type.IndexOf(':', StringComparison.Ordinal);
            return colon > 0 && element.GetNamespaceOfPrefix(type[..colon]) is not null ? type[(colon + 1)..] : type;
        }

        private DmnVariable Variable(XElement owner)
        {
            var variable = Child(owner, "variable");
            return variable is null ? new DmnVariable(Name(owner)) : Named(variable, Attribute(variable, "name") ?? Name(owner));
        }

        private DmnVariable Named(XElement element) => Named(element, Name(element));

        private DmnVariable Named(XElement element, string name) => new(Normal(name), TypeRef(element), Attribute(element, "id")) { Extensions = Rest(element, "id", "name", "typeRef") };

        private DmnItemDefinition ItemDefinition(XElement element) => new(Name(element))
        {
            Id = Attribute(element, "id"),
            Label = Attribute(element, "label"),
            Description = Child(element, "description")?.Value,
            Extensions = Rest(element, "id", "name", "label", "description", "typeRef", "isCollection", "allowedValues", "typeConstraint", "itemComponent", "functionItem"),
            TypeRef = TypeRef(element),
            IsCollection = IsTrue(element, "isCollection"),
            AllowedValues = TextOf(element, "allowedValues"),
            TypeConstraint = TextOf(element, "typeConstraint"),
            Components = [.. Children(element, "itemComponent").Select(ItemDefinition)],
            Function = Child(element, "functionItem") is { } function
                ? new DmnFunctionItem(Attribute(function, "outputTypeRef") is { } output ? Normal(output) : null, [.. Children(function, "parameters").Select(Named)]) { Extensions = Rest(function, "outputTypeRef", "parameters") }
                : null,
        };

        /// <summary>Text of an element, with what it carries beside the text and beside what is read into its owner.</summary>
        private DmnText Text(XElement element, params ReadOnlySpan<string> known) =>
            new(Child(element, "text")?.Value ?? "") { Extensions = Rest(element, ["text", .. known]) };

        private DmnText? TextOf(XElement owner, string name) => Child(owner, name) is { } element ? Text(element) : null;

        private static bool IsTrue(XElement element, string name) => Attribute(element, name)?.Trim() is "true" or "1";

        private DmnDecision Decision(XElement element) => new(Id(element), Name(element), Variable(element))
        {
            Description = Child(element, "description")?.Value,
            Label = Attribute(element, "label"),
            Question = Child(element, "question")?.Value,
            AllowedAnswers = Child(element, "allowedAnswers")?.Value,
            Requirements = Requirements(element),
            Business = [.. element.Elements().Where(e => e.Name.Namespace == ns && Business.Contains(e.Name.LocalName)).Select(e => new XElement(e))],
            Logic = First(element),
            Extensions = Rest(element, ["id", "name", "label", "description", "question", "allowedAnswers", "variable", .. Requiring, .. Business, .. Expressions]),
        };

        private List<DmnRequirement> Requirements(XElement element)
        {
            var result = new List<DmnRequirement>();
            foreach (var requirement in element.Elements().Where(e => e.Name.Namespace == ns && Requiring.Contains(e.Name.LocalName)))
            {
                var targets = requirement.Elements().Where(e => e.Name.Namespace == ns && e.Name.LocalName.StartsWith("required", StringComparison.Ordinal)).ToList();
                if (targets.Count == 0)
                {
                    throw Error(requirement, $"the element '{requirement.Name.LocalName}' says nothing that is required");
                }

                foreach (var target in targets)
                {
                    var kind = (requirement.Name.LocalName, target.Name.LocalName) switch
                    {
                        ("informationRequirement", "requiredInput") => DmnRequirementKind.Input,
                        ("informationRequirement", "requiredDecision") => DmnRequirementKind.Decision,
                        ("knowledgeRequirement", "requiredKnowledge") => DmnRequirementKind.Knowledge,
                        ("authorityRequirement", "requiredAuthority") => DmnRequirementKind.Authority,
                        ("authorityRequirement", "requiredDecision") => DmnRequirementKind.AuthorityOfDecision,
                        ("authorityRequirement", "requiredInput") => DmnRequirementKind.AuthorityOfInput,
                        _ => throw Error(target, $"'{target.Name.LocalName}' does not belong into '{requirement.Name.LocalName}'"),
                    };
                    result.Add(new DmnRequirement(kind, Reference(target), Attribute(requirement, "id")) { Extensions = Rest(requirement, "id", target.Name.LocalName) });
                }
            }

            return result;
        }

        private static string Reference(XElement element) => Attribute(element, "href") ?? throw Error(element, $"the element '{element.Name.LocalName}' needs href");

        private DmnBusinessKnowledgeModel Knowledge(XElement element) => new(Id(element), Name(element), Variable(element))
        {
            Description = Child(element, "description")?.Value,
            Label = Attribute(element, "label"),
            Requirements = Requirements(element),
            Logic = Child(element, "encapsulatedLogic") is { } logic ? (DmnFunctionDefinition)Described(logic, Function(logic)) : null,
            Extensions = Rest(element, ["id", "name", "label", "description", "variable", "encapsulatedLogic", .. Requiring]),
        };

        private DmnDecisionService Service(XElement element) => new(Id(element), Name(element), Variable(element))
        {
            Description = Child(element, "description")?.Value,
            Label = Attribute(element, "label"),
            OutputDecisions = [.. Children(element, "outputDecision").Select(Reference)],
            EncapsulatedDecisions = [.. Children(element, "encapsulatedDecision").Select(Reference)],
            InputDecisions = [.. Children(element, "inputDecision").Select(Reference)],
            InputData = [.. Children(element, "inputData").Select(Reference)],
            Extensions = Rest(element, "id", "name", "label", "description", "variable", "outputDecision", "encapsulatedDecision", "inputDecision", "inputData"),
        };

        private DmnKnowledgeSource Source(XElement element) => new(Id(element), Name(element))
        {
            Description = Child(element, "description")?.Value,
            Label = Attribute(element, "label"),
            LocationUri = Attribute(element, "locationURI"),
            SourceType = Child(element, "type")?.Value,
            Owner = Child(element, "owner") is { } owner ? Reference(owner) : null,
            Requirements = Requirements(element),
            Extensions = Rest(element, ["id", "name", "label", "description", "locationURI", "type", "owner", .. Requiring]),
        };

        private static IEnumerable<DmnDiagram> Diagrams(XElement element) => element.Elements().Where(e => e.Name.LocalName == "DMNDiagram").Select(diagram =>
        {
            var size = diagram.Elements().FirstOrDefault(e => e.Name.LocalName == "Size");
            return new DmnDiagram(
                Attribute(diagram, "id"),
                Attribute(diagram, "name"),
                size is null ? null : Number(size, "width"),
                size is null ? null : Number(size, "height"),
                [.. diagram.Elements().Where(e => e.Name.LocalName == "DMNShape").Select(Shape)],
                [.. diagram.Elements().Where(e => e.Name.LocalName == "DMNEdge").Select(e => new DmnEdge(Attribute(e, "id"), Attribute(e, "dmnElementRef") ?? "", Points(e)) { Extras = Extras(e, "id", "dmnElementRef", "waypoint") })])
            {
                Extras = Extras(diagram, "id", "name", "Size", "DMNShape", "DMNEdge"),
            };
        });

        /// <summary>Everything of a drawn element but what is named.</summary>
        private static List<XObject> Extras(XElement element, params string[] known) =>
        [
            .. element.Attributes().Where(a => !a.IsNamespaceDeclaration && !(a.Name.Namespace == XNamespace.None && known.Contains(a.Name.LocalName))).Select(a => new XAttribute(a)),
            .. element.Elements().Where(e => !known.Contains(e.Name.LocalName)).Select(e => new XElement(e)),
        ];

        private static DmnShape Shape(XElement element)
        {
            var bounds = element.Elements().FirstOrDefault(e => e.Name.LocalName == "Bounds");
            var divider = element.Elements().FirstOrDefault(e => e.Name.LocalName == "DMNDecisionServiceDividerLine");
            return new DmnShape(
                Attribute(element, "id"),
                Attribute(element, "dmnElementRef") ?? "",
                bounds is null ? new DmnBounds(0, 0, 0, 0) : new DmnBounds(Number(bounds, "x"), Number(bounds, "y"), Number(bounds, "width"), Number(bounds, "height")),
                IsTrue(element, "isCollapsed"),
                divider is null ? null : Points(divider))
            {
                Extras = Extras(element, "id", "dmnElementRef", "isCollapsed", "Bounds", "DMNDecisionServiceDividerLine"),
                DividerExtras = divider is null ? [] : Extras(divider, "waypoint"),
            };
        }

        private static List<DmnPoint> Points(XElement element) =>
            [.. element.Elements().Where(e => e.Name.LocalName == "waypoint").Select(e => new DmnPoint(Number(e, "x"), Number(e, "y")))];

        private static double Number(XElement element, string name) =>
            double.TryParse(Attribute(element, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw Error(element, $"the attribute '{name}' of '{element.Name.LocalName}' should be a number");
    }
}
