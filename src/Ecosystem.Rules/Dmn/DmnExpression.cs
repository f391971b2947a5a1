using System.Diagnostics.CodeAnalysis;
using System.Xml.Linq;
using Ecosystem.Rules.Tables;

namespace Ecosystem.Rules.Dmn;

/// <summary>A boxed expression (DMN 1.5, chapters 7, 8 and 10.2).</summary>
public abstract record DmnExpression
{
    /// <summary>Id of the element.</summary>
    public string? Id { get; init; }

    /// <summary>Name of the result's type; null when not told.</summary>
    public string? TypeRef { get; init; }

    /// <summary>Label for people.</summary>
    public string? Label { get; init; }

    /// <summary>Free text.</summary>
    public string? Description { get; init; }

    /// <summary>Everything else the element carries, kept as it is: extension elements, foreign attributes, imported values.</summary>
    public IReadOnlyList<XObject> Extensions { get; init; } = [];

    /// <summary>Attributes of the element around it in a conditional, filter or loop, such as the id of "then", kept as they are.</summary>
    public IReadOnlyList<XObject> Around { get; init; } = [];
}

/// <summary>FEEL text of an element that is no boxed expression of its own: a cell, a list of tests, a default.</summary>
/// <param name="Text">The text.</param>
public sealed record DmnText(string Text)
{
    /// <summary>Everything else the element carries, kept as it is: id, label, description, type, language, extension elements.</summary>
    public IReadOnlyList<XObject> Extensions { get; init; } = [];

    /// <summary>Text without anything beside it.</summary>
    /// <param name="text">The text; null for none.</param>
    [return: NotNullIfNotNull(nameof(text))]
    public static DmnText? Of(string? text) => text is null ? null : new DmnText(text);
}

/// <summary>FEEL text.</summary>
/// <param name="Text">The text.</param>
public sealed record DmnLiteralExpression(string Text) : DmnExpression
{
    /// <summary>Language of the text when it is not FEEL.</summary>
    public string? Language { get; init; }
}

/// <summary>A decision table.</summary>
public sealed record DmnDecisionTable : DmnExpression
{
    /// <summary>What several matching rows give.</summary>
    public HitPolicy HitPolicy { get; init; } = HitPolicy.Unique;

    /// <summary>Input columns.</summary>
    public IReadOnlyList<DmnTableInput> Inputs { get; init; } = [];

    /// <summary>Output columns.</summary>
    public IReadOnlyList<DmnTableOutput> Outputs { get; init; } = [];

    /// <summary>Annotation columns.</summary>
    public IReadOnlyList<DmnTableAnnotation> Annotations { get; init; } = [];

    /// <summary>Rows.</summary>
    public IReadOnlyList<DmnTableRule> Rules { get; init; } = [];

    /// <summary>Label of the whole output.</summary>
    public string? OutputLabel { get; init; }

    /// <summary>How modellers show it, such as Rule-as-Row.</summary>
    public string? PreferredOrientation { get; init; }
}

/// <summary>An input column.</summary>
/// <param name="Expression">FEEL expression tested.</param>
/// <param name="TypeRef">Name of its type.</param>
/// <param name="AllowedValues">FEEL unary tests; null for none.</param>
/// <param name="Label">Label for people.</param>
/// <param name="Id">Id of the element.</param>
public sealed record DmnTableInput(DmnText Expression, string? TypeRef = null, DmnText? AllowedValues = null, string? Label = null, string? Id = null)
{
    /// <summary>Everything else the element carries, kept as it is: description, extension elements, foreign attributes.</summary>
    public IReadOnlyList<XObject> Extensions { get; init; } = [];
}

/// <summary>An output column.</summary>
/// <param name="Name">Name of the entry.</param>
/// <param name="TypeRef">Name of its type.</param>
/// <param name="AllowedValues">FEEL values in order of priority; null for none.</param>
/// <param name="Default">FEEL expression used when no row matches; null for none.</param>
/// <param name="Label">Label for people.</param>
/// <param name="Id">Id of the element.</param>
public sealed record DmnTableOutput(string? Name = null, string? TypeRef = null, DmnText? AllowedValues = null, DmnText? Default = null, string? Label = null, string? Id = null)
{
    /// <summary>Everything else the element carries, kept as it is: description, extension elements, foreign attributes.</summary>
    public IReadOnlyList<XObject> Extensions { get; init; } = [];
}

/// <summary>An annotation column.</summary>
/// <param name="Name">Heading; null for none.</param>
public sealed record DmnTableAnnotation(string? Name)
{
    /// <summary>Everything else the element carries, kept as it is: foreign attributes.</summary>
    public IReadOnlyList<XObject> Extensions { get; init; } = [];
}

/// <summary>A row.</summary>
/// <param name="Id">Id of the element.</param>
/// <param name="Inputs">FEEL unary tests.</param>
/// <param name="Outputs">FEEL expressions.</param>
/// <param name="Annotations">Texts of the annotation columns.</param>
/// <param name="Description">Free text.</param>
public sealed record DmnTableRule(string? Id, IReadOnlyList<DmnText> Inputs, IReadOnlyList<DmnText> Outputs, IReadOnlyList<DmnText> Annotations, string? Description = null)
{
    /// <summary>Everything else the element carries, kept as it is: label, extension elements, foreign attributes.</summary>
    public IReadOnlyList<XObject> Extensions { get; init; } = [];
}

/// <summary>Entries by name, each seeing the ones before it; an entry without a name is the result.</summary>
/// <param name="Entries">The entries.</param>
public sealed record DmnContext(IReadOnlyList<DmnContextEntry> Entries) : DmnExpression;

/// <summary>An entry of a boxed context.</summary>
/// <param name="Variable">Name and type; null for the result.</param>
/// <param name="Value">Its expression; null when there is none.</param>
public sealed record DmnContextEntry(DmnVariable? Variable, DmnExpression? Value)
{
    /// <summary>Everything else the element carries, kept as it is: id, label, description, extension elements.</summary>
    public IReadOnlyList<XObject> Extensions { get; init; } = [];
}

/// <summary>A list of expressions.</summary>
/// <param name="Items">The items.</param>
public sealed record DmnList(IReadOnlyList<DmnExpression> Items) : DmnExpression;

/// <summary>A table of values: a list of contexts.</summary>
/// <param name="Columns">Names and types of the entries.</param>
/// <param name="Rows">Lists of expressions, one per column.</param>
public sealed record DmnRelation(IReadOnlyList<DmnVariable> Columns, IReadOnlyList<DmnList> Rows) : DmnExpression;

/// <summary>A call with named arguments.</summary>
/// <param name="Function">Expression that gives the function.</param>
/// <param name="Bindings">Arguments.</param>
public sealed record DmnInvocation(DmnExpression? Function, IReadOnlyList<DmnBinding> Bindings) : DmnExpression;

/// <summary>An argument of a call.</summary>
/// <param name="Parameter">Parameter it is for.</param>
/// <param name="Value">Its expression; null when there is none.</param>
public sealed record DmnBinding(DmnVariable Parameter, DmnExpression? Value)
{
    /// <summary>Everything else the element carries, kept as it is: foreign attributes.</summary>
    public IReadOnlyList<XObject> Extensions { get; init; } = [];
}

/// <summary>A function.</summary>
/// <param name="Parameters">Parameters in order.</param>
/// <param name="Body">Its expression; null when there is none.</param>
public sealed record DmnFunctionDefinition(IReadOnlyList<DmnVariable> Parameters, DmnExpression? Body) : DmnExpression
{
    /// <summary>FEEL, Java or PMML; only FEEL is run.</summary>
    public string Kind { get; init; } = "FEEL";
}

/// <summary>if, then, else (DMN 1.4 and later).</summary>
/// <param name="If">Condition.</param>
/// <param name="Then">Result when it is true.</param>
/// <param name="Else">Result otherwise.</param>
public sealed record DmnConditional(DmnExpression If, DmnExpression Then, DmnExpression Else) : DmnExpression;

/// <summary>A filter (DMN 1.4 and later).</summary>
/// <param name="In">List.</param>
/// <param name="Match">Condition or position.</param>
public sealed record DmnFilter(DmnExpression In, DmnExpression Match) : DmnExpression;

/// <summary>A loop (DMN 1.4 and later).</summary>
/// <param name="Kind">for, some or every.</param>
/// <param name="Variable">Name of the iterator.</param>
/// <param name="In">What it goes through.</param>
/// <param name="Each">Result, or condition, of each round.</param>
public sealed record DmnIteration(DmnIterationKind Kind, DmnVariable Variable, DmnExpression In, DmnExpression Each) : DmnExpression;

/// <summary>Kinds of loops.</summary>
public enum DmnIterationKind
{
    /// <summary>A list of results.</summary>
    For,

    /// <summary>Whether a round is true.</summary>
    Some,

    /// <summary>Whether all rounds are true.</summary>
    Every,
}
