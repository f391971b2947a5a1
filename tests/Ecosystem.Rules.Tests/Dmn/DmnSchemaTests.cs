using System.Globalization;
using System.Xml.Linq;
using Ecosystem.Rules.Dmn;

namespace Ecosystem.Rules.Tests.Dmn;

/// <summary>
/// Every element and attribute of the DMN schemas, filled in and read: what is written is the same document. The table below restates the schemas
/// (DMN 1.5, annex of machine-readable files): "type [&lt; base]: @attribute element:type". A number says how often, "since1.5" from which version.
/// </summary>
public sealed class DmnSchemaTests
{
    private const string Schema = """
        Text:
        Reference: @href
        Element: @id @label @vendor:mark description:Text extensionElements:Extensions
        Extensions: vendor:note:Text:2
        Named < Element: @name
        Definitions < Named: @expressionLanguage @typeLanguage @namespace @exporter @exporterVersion import:Import:2 itemDefinition:SimpleItem:2 itemDefinition:ComposedItem itemDefinition:FunctionItem inputData:InputData:2 decision:Decision:14 businessKnowledgeModel:Knowledge:2 decisionService:Service:2 knowledgeSource:Source:2 textAnnotation:TextAnnotation association:Association group:Group elementCollection:Collection performanceIndicator:Indicator organizationUnit:Unit dmndi:DMNDI:Drawings
        Import < Named: @namespace @locationURI @importType
        Item < Named: @typeLanguage @isCollection
        SimpleItem < Item: typeRef:Text allowedValues:Tests typeConstraint:Tests:since1.5
        ComposedItem < Item: itemComponent:SimpleItem:2 itemComponent:FunctionItem
        FunctionItem < Item: functionItem:Signature
        Signature < Element: @outputTypeRef parameters:Variable:2
        Variable < Named: @typeRef
        InputData < Named: variable:Variable
        Decision < Named: question:Text allowedAnswers:Text variable:Variable informationRequirement:NeedsInput:2 informationRequirement:NeedsDecision knowledgeRequirement:NeedsKnowledge:2 authorityRequirement:NeedsAuthority authorityRequirement:NeedsDecision authorityRequirement:NeedsInput supportedObjective:Reference:2 impactedPerformanceIndicator:Reference:2 decisionMaker:Reference:2 decisionOwner:Reference:2 usingProcess:Reference:2 usingTask:Reference:2 expression
        NeedsInput < Element: requiredInput:Reference
        NeedsDecision < Element: requiredDecision:Reference
        NeedsKnowledge < Element: requiredKnowledge:Reference
        NeedsAuthority < Element: requiredAuthority:Reference
        Knowledge < Named: variable:Variable encapsulatedLogic:Function knowledgeRequirement:NeedsKnowledge:2 authorityRequirement:NeedsAuthority authorityRequirement:NeedsDecision authorityRequirement:NeedsInput
        Service < Named: variable:Variable outputDecision:Reference:2 encapsulatedDecision:Reference:2 inputDecision:Reference:2 inputData:Reference:2
        Source < Named: @locationURI authorityRequirement:NeedsAuthority authorityRequirement:NeedsDecision authorityRequirement:NeedsInput type:Text owner:Reference
        TextAnnotation < Element: @textFormat text:Text
        Association < Element: @associationDirection sourceRef:Reference targetRef:Reference
        Group < Element: @name
        Collection < Named: drgElement:Reference:2
        Business < Named: @URI
        Indicator < Business: impactingDecision:Reference:2
        Unit < Business: decisionMade:Reference:2 decisionOwned:Reference:2
        Expression < Element: @typeRef
        Tests < Expression: @expressionLanguage text:Text
        Literal < Expression: @expressionLanguage text:Text
        ImportedLiteral < Expression: @expressionLanguage importedValues:ImportedValues
        ImportedValues < Import: @expressionLanguage importedElement:Text
        Table < Expression: @hitPolicy @aggregation @preferredOrientation @outputLabel input:Input:2 output:Output:2 annotation:Annotation:2 rule:Rule:2
        Input < Element: inputExpression:Literal inputValues:Tests
        Output < Element: @name @typeRef outputValues:Tests defaultOutputEntry:Literal
        Annotation: @name
        Rule < Element: inputEntry:Tests:2 outputEntry:Literal outputEntry:ImportedLiteral annotationEntry:AnnotationEntry:2
        AnnotationEntry: text:Text
        Context < Expression: contextEntry:ContextEntry:2
        ContextEntry < Element: variable:Variable expression
        List < Expression: expression:2
        Relation < Expression: column:Variable:2 row:List:2
        Invocation < Expression: expression binding:Binding:2
        Binding: parameter:Variable expression
        Function < Expression: @kind formalParameter:Variable:2 expression
        Child: @id expression
        TypedChild < Child: @typeRef
        Conditional < Expression: if:Child then:Child else:Child
        Filter < Expression: in:Child match:Child
        For < Expression: @iteratorVariable in:TypedChild return:Child
        Quantified < Expression: @iteratorVariable in:TypedChild satisfies:Child
        Drawings: dmndi:DMNDiagram:Diagram:2 dmndi:DMNStyle:Style:2
        Drawn: @id @sharedStyle di:extension:Extensions dmndi:DMNStyle:Style
        Diagram < Drawn: @name @documentation @resolution @useAlternativeInputDataShape:since1.5 dmndi:Size:Size dmndi:DMNShape:Shape:2 dmndi:DMNEdge:Edge:2
        Size: @width @height
        Bounds: @x @y @width @height
        Point: @x @y
        Shape < Drawn: @dmnElementRef @isListedInputData @isCollapsed dc:Bounds:Bounds dmndi:DMNLabel:Label dmndi:DMNDecisionServiceDividerLine:Divider
        Label < Drawn: dc:Bounds:Bounds dmndi:Text:Text
        Divider < Drawn: di:waypoint:Point:2
        Edge < Drawn: @dmnElementRef @sourceElement @targetElement di:waypoint:Point:2 dmndi:DMNLabel:Label
        Style: @id @fontFamily @fontSize @fontItalic @fontBold @fontUnderline @fontStrikeThrough @labelHorizontalAlignment @labelVerticalAlignment di:extension:Extensions dmndi:FillColor:Color dmndi:StrokeColor:Color dmndi:FontColor:Color
        Color: @red @green @blue
        """;

    private static readonly string[] Expressions =
    [
        "literalExpression:Literal", "literalExpression:ImportedLiteral", "decisionTable:Table", "context:Context", "list:List", "relation:Relation", "invocation:Invocation",
        "functionDefinition:Function", "conditional:Conditional:since1.4", "filter:Filter:since1.4", "for:For:since1.4", "some:Quantified:since1.4", "every:Quantified:since1.4",
    ];

    private static readonly Dictionary<string, string> Defaults = new(StringComparer.Ordinal)
    {
        ["isCollection"] = "true", ["isCollapsed"] = "true", ["isListedInputData"] = "true", ["useAlternativeInputDataShape"] = "true", ["fontItalic"] = "true", ["fontBold"] = "true",
        ["fontUnderline"] = "true", ["fontStrikeThrough"] = "true", ["hitPolicy"] = "COLLECT", ["aggregation"] = "SUM", ["preferredOrientation"] = "CrossTable", ["kind"] = "PMML",
        ["associationDirection"] = "Both", ["labelHorizontalAlignment"] = "center", ["labelVerticalAlignment"] = "start",
    };

    private static readonly HashSet<string> Numbers = new(StringComparer.Ordinal) { "x", "y", "width", "height", "red", "green", "blue", "fontSize", "resolution" };

    public static TheoryData<DmnVersion> Versions => [DmnVersion.V13, DmnVersion.V14, DmnVersion.V15];

    [Theory]
    [MemberData(nameof(Versions))]
    public void Write_EveryElementAndAttribute_IsWrittenAsItWasRead(DmnVersion version)
    {
        var document = new Builder(version).Root();

        var written = XElement.Parse(DmnWriter.Write(DmnReader.Read(document.ToString()), version));

        Assert.Equal(string.Join('\n', Lines(document, "")), string.Join('\n', Lines(written, "")));
    }

    [Theory]
    [InlineData("<itemDefinition name=\"t\"><typeRef>number</typeRef><typeConstraint><text>1</text></typeConstraint></itemDefinition>", "type 't'", "1.5")]
    [InlineData("<decision id=\"d\" name=\"d\"><filter><in><literalExpression><text>[1]</text></literalExpression></in><match><literalExpression><text>1</text></literalExpression></match></filter></decision>", "decision 'd'", "1.4")]
    [InlineData("<dmndi:DMNDI xmlns:dmndi=\"https://www.omg.org/spec/DMN/20230324/DMNDI/\"><dmndi:DMNDiagram name=\"all\" useAlternativeInputDataShape=\"true\"/></dmndi:DMNDI>", "diagram 'all'", "1.5")]
    public void Write_NewerThanTheVersion_IsRefusedWithItsPlace(string element, string place, string needed)
    {
        var model = DmnReader.Read($"<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" name=\"m\" namespace=\"n\">{element}</definitions>");
        var error = Assert.Throws<DmnException>(() => DmnWriter.Write(model, DmnVersion.V13));
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
        Assert.Contains(needed, error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(DmnWriter.Write(model));
    }

    [Theory]
    [InlineData("<decision name=\"d\">\n<literalExpression/><list/></decision>", "line 2", "takes one expression")]
    [InlineData("<decision name=\"d\">\n<informationRequirement/></decision>", "line 2", "says nothing that is required")]
    [InlineData("<decision name=\"d\"><knowledgeRequirement>\n<requiredInput href=\"#a\"/></knowledgeRequirement></decision>", "line 2", "does not belong into 'knowledgeRequirement'")]
    public void Read_WhatNoSchemaAllows_IsRefusedWithItsPlace(string element, string place, string problem)
    {
        var error = Assert.Throws<DmnException>(() => DmnReader.Read($"<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" name=\"m\" namespace=\"n\">{element}</definitions>"));
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ElementsWithoutIds_NeedNone()
    {
        var xml = DmnWriter.Write(DmnReader.Read("<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" name=\"m\" namespace=\"n\"><decision name=\"what to do\"/></definitions>"));
        Assert.Contains("<decision name=\"what to do\">", xml, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Lines(XElement element, string indent)
    {
        var attributes = element.Attributes().Where(a => !a.IsNamespaceDeclaration).OrderBy(a => a.Name.LocalName, StringComparer.Ordinal).Select(a => $" {a.Name.LocalName}={a.Value}");
        yield return $"{indent}{element.Name.LocalName}{string.Concat(attributes)}{(element.HasElements ? "" : $": {element.Value}")}";
        foreach (var line in element.Elements().SelectMany(e => Lines(e, indent + " ")))
        {
            yield return line;
        }
    }

    /// <summary>Builds a document with everything the schema of a version knows; every value is another one.</summary>
    private sealed class Builder(DmnVersion version)
    {
        private readonly Dictionary<string, (string? Base, string[] Parts)> _types = Schema.Split('\n').Select(line => line.Split(": ", 2)).ToDictionary(
            line => line[0].TrimEnd(':').Split(" < ")[0],
            line => (line[0].Contains('<', StringComparison.Ordinal) ? line[0].Split(" < ")[1] : null, line.Length < 2 ? [] : line[1].Split(' ')),
            StringComparer.Ordinal);

        private int _count;
        private int _expression;

        public XElement Root() => Build("definitions", "Definitions");

        private static XNamespace Space(DmnVersion version, string prefix) => prefix switch
        {
            "" => version switch { DmnVersion.V13 => "https://www.omg.org/spec/DMN/20191111/MODEL/", DmnVersion.V14 => "https://www.omg.org/spec/DMN/20211108/MODEL/", _ => "https://www.omg.org/spec/DMN/20230324/MODEL/" },
            "dmndi" => version == DmnVersion.V15 ? "https://www.omg.org/spec/DMN/20230324/DMNDI/" : "https://www.omg.org/spec/DMN/20191111/DMNDI/",
            "di" => "http://www.omg.org/spec/DMN/20180521/DI/",
            "dc" => "http://www.omg.org/spec/DMN/20180521/DC/",
            _ => "urn:vendor",
        };

        private XElement Build(string name, string type)
        {
            var colon = name.IndexOf(':', StringComparison.Ordinal);
            var element = new XElement(Space(version, colon < 0 ? "" : name[..colon]) + name[(colon + 1)..]);
            if (type == "Text")
            {
                element.Value = Next("text ");
            }

            foreach (var part in Parts(type))
            {
                Add(element, part, type);
            }

            return element;
        }

        private IEnumerable<string> Parts(string type) => _types[type].Base is { } above ? Parts(above).Concat(_types[type].Parts) : _types[type].Parts;

        private void Add(XElement element, string part, string type)
        {
            var words = part.Split(':');
            if (words[^1].StartsWith("since", StringComparison.Ordinal))
            {
                if (version < (words[^1] == "since1.5" ? DmnVersion.V15 : DmnVersion.V14))
                {
                    return;
                }

                words = words[..^1];
            }

            if (part[0] == '@')
            {
                var name = words[^1].TrimStart('@');
                element.Add(new XAttribute(words.Length > 1 ? Space(version, "vendor") + name : name, Defaults.GetValueOrDefault(name) ?? (Numbers.Contains(name) ? Next("") : Next(name))));
                return;
            }

            var times = int.TryParse(words[^1], CultureInfo.InvariantCulture, out var number) ? number : 1;
            words = times > 1 ? words[..^1] : words;
            for (var i = 0; i < times; i++)
            {
                if (words is ["expression"])
                {
                    // Decisions go through all kinds; within them text will do.
                    Add(element, type == "Decision" ? Expressions[_expression++ % Expressions.Length] : Expressions[0], type);
                }
                else
                {
                    element.Add(Build(string.Join(':', words[..^1]), words[^1]));
                }
            }
        }

        private string Next(string start) => string.Create(CultureInfo.InvariantCulture, $"{start}{++_count}");
    }
}
