using System.Xml.Linq;

namespace Ecosystem.Rules.Dmn;

/// <summary>A DMN model as written: everything of one "definitions" element (DMN 1.5, chapter 6).</summary>
public sealed record DmnDefinitions
{
    /// <summary>Id of the element; null when it has none.</summary>
    public string? Id { get; init; }

    /// <summary>Name of the model.</summary>
    public string Name { get; init; } = "";

    /// <summary>Namespace that other models import.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Free text.</summary>
    public string? Description { get; init; }

    /// <summary>Who exported the model and other attributes of the root, kept as they are.</summary>
    public IReadOnlyList<XAttribute> Attributes { get; init; } = [];

    /// <summary>Extension elements of the root, kept as they are.</summary>
    public IReadOnlyList<XObject> Extensions { get; init; } = [];

    /// <summary>Version of the schema the model was read from.</summary>
    public DmnVersion Version { get; init; } = DmnVersion.V15;

    /// <summary>Other models that this one uses.</summary>
    public IReadOnlyList<DmnImport> Imports { get; init; } = [];

    /// <summary>Named types.</summary>
    public IReadOnlyList<DmnItemDefinition> ItemDefinitions { get; init; } = [];

    /// <summary>Inputs.</summary>
    public IReadOnlyList<DmnInputData> InputData { get; init; } = [];

    /// <summary>Decisions.</summary>
    public IReadOnlyList<DmnDecision> Decisions { get; init; } = [];

    /// <summary>Functions that decisions call.</summary>
    public IReadOnlyList<DmnBusinessKnowledgeModel> BusinessKnowledgeModels { get; init; } = [];

    /// <summary>Decisions offered together as one call.</summary>
    public IReadOnlyList<DmnDecisionService> DecisionServices { get; init; } = [];

    /// <summary>Sources of authority.</summary>
    public IReadOnlyList<DmnKnowledgeSource> KnowledgeSources { get; init; } = [];

    /// <summary>Diagrams: where each element is drawn.</summary>
    public IReadOnlyList<DmnDiagram> Diagrams { get; init; } = [];

    /// <summary>Colours and fonts that shapes and edges share by id, kept as they are.</summary>
    public IReadOnlyList<XElement> Styles { get; init; } = [];

    /// <summary>Elements the model carries beyond evaluation, kept as they are: annotations, groups, performance indicators, organisation units, extensions.</summary>
    public IReadOnlyList<XElement> Others { get; init; } = [];
}

/// <summary>Versions of the DMN schema.</summary>
public enum DmnVersion
{
    /// <summary>DMN 1.1 (read only).</summary>
    V11,

    /// <summary>DMN 1.2 (read only).</summary>
    V12,

    /// <summary>DMN 1.3.</summary>
    V13,

    /// <summary>DMN 1.4.</summary>
    V14,

    /// <summary>DMN 1.5.</summary>
    V15,

    /// <summary>DMN 1.6 (read only).</summary>
    V16,
}

/// <summary>A use of another model.</summary>
/// <param name="Name">Prefix of the imported names; empty when they are used without one.</param>
/// <param name="Namespace">Namespace of the other model.</param>
/// <param name="Location">Where it lies, relative to this one; null when not told.</param>
/// <param name="ImportType">What is imported; the schema's namespace for DMN models.</param>
public sealed record DmnImport(string Name, string Namespace, string? Location, string? ImportType = null)
{
    /// <summary>Everything else the element carries, kept as it is: id, label, description, extension elements.</summary>
    public IReadOnlyList<XObject> Extensions { get; init; } = [];
}

/// <summary>A named type.</summary>
/// <param name="Name">Name.</param>
public sealed record DmnItemDefinition(string Name)
{
    /// <summary>Id of the element.</summary>
    public string? Id { get; init; }

    /// <summary>Label for people.</summary>
    public string? Label { get; init; }

    /// <summary>Free text.</summary>
    public string? Description { get; init; }

    /// <summary>Everything else the element carries, kept as it is: extension elements, foreign attributes.</summary>
    public IReadOnlyList<XObject> Extensions { get; init; } = [];

    /// <summary>Name of the type this one restricts or lists; null when it has components or is a function.</summary>
    public string? TypeRef { get; init; }

    /// <summary>Whether values are lists of the type.</summary>
    public bool IsCollection { get; init; }

    /// <summary>FEEL unary tests on each value; null for none.</summary>
    public DmnText? AllowedValues { get; init; }

    /// <summary>FEEL unary tests on the whole value, lists as lists (DMN 1.5); null for none.</summary>
    public DmnText? TypeConstraint { get; init; }

    /// <summary>Entries of a context.</summary>
    public IReadOnlyList<DmnItemDefinition> Components { get; init; } = [];

    /// <summary>Signature of a function type; null when it is none.</summary>
    public DmnFunctionItem? Function { get; init; }
}

/// <summary>Signature of a function type.</summary>
/// <param name="OutputTypeRef">Type of the result.</param>
/// <param name="Parameters">Parameters in order.</param>
public sealed record DmnFunctionItem(string? OutputTypeRef, IReadOnlyList<DmnVariable> Parameters)
{
    /// <summary>Everything else the element carries, kept as it is: id, label, description, extension elements.</summary>
    public IReadOnlyList<XObject> Extensions { get; init; } = [];
}

/// <summary>A name with a type: variable, parameter or column.</summary>
/// <param name="Name">Name.</param>
/// <param name="TypeRef">Name of the type; null when not told.</param>
/// <param name="Id">Id of the element.</param>
public sealed record DmnVariable(string Name, string? TypeRef = null, string? Id = null)
{
    /// <summary>Everything else the element carries, kept as it is: label, description, extension elements.</summary>
    public IReadOnlyList<XObject> Extensions { get; init; } = [];
}

/// <summary>Base of the elements of a requirement graph.</summary>
/// <param name="Id">Id that references name.</param>
/// <param name="Name">Name.</param>
public abstract record DmnElement(string Id, string Name)
{
    /// <summary>Free text.</summary>
    public string? Description { get; init; }

    /// <summary>Label for people.</summary>
    public string? Label { get; init; }

    /// <summary>Everything else the element carries, kept as it is: extension elements, foreign attributes.</summary>
    public IReadOnlyList<XObject> Extensions { get; init; } = [];
}

/// <summary>An input.</summary>
/// <param name="Id">Id that references name.</param>
/// <param name="Name">Name.</param>
/// <param name="Variable">Name and type of the value.</param>
public sealed record DmnInputData(string Id, string Name, DmnVariable Variable) : DmnElement(Id, Name);

/// <summary>A source of authority.</summary>
/// <param name="Id">Id that references name.</param>
/// <param name="Name">Name.</param>
public sealed record DmnKnowledgeSource(string Id, string Name) : DmnElement(Id, Name)
{
    /// <summary>Where it lies.</summary>
    public string? LocationUri { get; init; }

    /// <summary>Kind of source.</summary>
    public string? SourceType { get; init; }

    /// <summary>Reference of the organisation unit that owns it.</summary>
    public string? Owner { get; init; }

    /// <summary>What it depends on.</summary>
    public IReadOnlyList<DmnRequirement> Requirements { get; init; } = [];
}

/// <summary>An arrow of the requirement graph.</summary>
/// <param name="Kind">What it asks for.</param>
/// <param name="Reference">Where it points: #id in this model, or namespace#id.</param>
/// <param name="Id">Id that the diagram's edge names.</param>
public sealed record DmnRequirement(DmnRequirementKind Kind, string Reference, string? Id = null)
{
    /// <summary>Everything else the element carries, kept as it is: label, description, extension elements.</summary>
    public IReadOnlyList<XObject> Extensions { get; init; } = [];
}

/// <summary>Kinds of arrows of the requirement graph.</summary>
public enum DmnRequirementKind
{
    /// <summary>The value of an input.</summary>
    Input,

    /// <summary>The result of a decision.</summary>
    Decision,

    /// <summary>A function to call.</summary>
    Knowledge,

    /// <summary>A source of authority.</summary>
    Authority,

    /// <summary>The authority of a decision.</summary>
    AuthorityOfDecision,

    /// <summary>The authority of an input.</summary>
    AuthorityOfInput,
}

/// <summary>A decision.</summary>
/// <param name="Id">Id that references name.</param>
/// <param name="Name">Name.</param>
/// <param name="Variable">Name and type of the result.</param>
public sealed record DmnDecision(string Id, string Name, DmnVariable Variable) : DmnElement(Id, Name)
{
    /// <summary>What the decision answers.</summary>
    public string? Question { get; init; }

    /// <summary>Which answers there are.</summary>
    public string? AllowedAnswers { get; init; }

    /// <summary>What it needs.</summary>
    public IReadOnlyList<DmnRequirement> Requirements { get; init; } = [];

    /// <summary>Objectives, indicators, makers, owners, processes and tasks that the decision names, kept as they are.</summary>
    public IReadOnlyList<XElement> Business { get; init; } = [];

    /// <summary>How it is made; null when it is not told, so that its result must be supplied.</summary>
    public DmnExpression? Logic { get; init; }
}

/// <summary>A function that decisions call.</summary>
/// <param name="Id">Id that references name.</param>
/// <param name="Name">Name.</param>
/// <param name="Variable">Name and type of the function.</param>
public sealed record DmnBusinessKnowledgeModel(string Id, string Name, DmnVariable Variable) : DmnElement(Id, Name)
{
    /// <summary>What it needs.</summary>
    public IReadOnlyList<DmnRequirement> Requirements { get; init; } = [];

    /// <summary>The function; null when it is not told.</summary>
    public DmnFunctionDefinition? Logic { get; init; }
}

/// <summary>Decisions offered together as one call.</summary>
/// <param name="Id">Id that references name.</param>
/// <param name="Name">Name.</param>
/// <param name="Variable">Name and type of the function.</param>
public sealed record DmnDecisionService(string Id, string Name, DmnVariable Variable) : DmnElement(Id, Name)
{
    /// <summary>References of the decisions whose results it gives.</summary>
    public IReadOnlyList<string> OutputDecisions { get; init; } = [];

    /// <summary>References of the decisions it makes on the way.</summary>
    public IReadOnlyList<string> EncapsulatedDecisions { get; init; } = [];

    /// <summary>References of the decisions whose results the caller supplies.</summary>
    public IReadOnlyList<string> InputDecisions { get; init; } = [];

    /// <summary>References of the inputs the caller supplies.</summary>
    public IReadOnlyList<string> InputData { get; init; } = [];
}
