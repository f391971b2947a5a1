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

    /// <summary>Extension elements and foreign attributes, kept as they are.</summary>
    public IReadOnlyList<XObject> Extensions { get; init; } = [];
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

    /// <summary>Names of the annotation columns.</summary>
    public IReadOnlyList<string> Annotations { get; init; } = [];

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
public sealed record DmnTableInput(string Expression, string? TypeRef = null, string? AllowedValues = null, string? Label = null, string? Id = null);

/// <summary>An output column.</summary>
/// <param name="Name">Name of the entry.</param>
/// <param name="TypeRef">Name of its type.</param>
/// <param name="AllowedValues">FEEL values in order of priority; null for none.</param>
/// <param name="Default">FEEL expression used when no row matches; null for none.</param>
/// <param name="Label">Label for people.</param>
/// <param name="Id">Id of the element.</param>
public sealed record DmnTableOutput(string? Name = null, string? TypeRef = null, string? AllowedValues = null, string? Default = null, string? Label = null, string? Id = null);

/// <summary>A row.</summary>
/// <param name="Id">Id of the element.</param>
/// <param name="Inputs">FEEL unary tests.</param>
/// <param name="Outputs">FEEL expressions.</param>
/// <param name="Annotations">Texts of the annotation columns.</param>
/// <param name="Description">Free text.</param>
public sealed record DmnTableRule(string? Id, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, IReadOnlyList<string> Annotations, string? Description = null);

/// <summary>Entries by name, each seeing the ones before it; an entry without a name is the result.</summary>
/// <param name="Entries">The entries.</param>
public sealed record DmnContext(IReadOnlyList<DmnContextEntry> Entries) : DmnExpression;

/// <summary>An entry of a boxed context.</summary>
/// <param name="Variable">Name and type; null for the result.</param>
/// <param name="Value">Its expression; null when there is none.</param>
public sealed record DmnContextEntry(DmnVariable? Variable, DmnExpression? Value);

/// <summary>A list of expressions.</summary>
/// <param name="Items">The items.</param>
public sealed record DmnList(IReadOnlyList<DmnExpression> Items) : DmnExpression;

/// <summary>A table of values: a list of contexts.</summary>
/// <param name="Columns">Names and types of the entries.</param>
/// <param name="Rows">Expressions, one per column.</param>
public sealed record DmnRelation(IReadOnlyList<DmnVariable> Columns, IReadOnlyList<IReadOnlyList<DmnExpression>> Rows) : DmnExpression;

/// <summary>A call with named arguments.</summary>
/// <param name="Function">Expression that gives the function.</param>
/// <param name="Bindings">Arguments.</param>
public sealed record DmnInvocation(DmnExpression? Function, IReadOnlyList<DmnBinding> Bindings) : DmnExpression;

/// <summary>An argument of a call.</summary>
/// <param name="Parameter">Parameter it is for.</param>
/// <param name="Value">Its expression; null when there is none.</param>
public sealed record DmnBinding(DmnVariable Parameter, DmnExpression? Value);

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
