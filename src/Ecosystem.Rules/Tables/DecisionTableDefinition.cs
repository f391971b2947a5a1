using Ecosystem.Rules.Feel;

namespace Ecosystem.Rules.Tables;

/// <summary>A decision table as written: all cells are FEEL text.</summary>
public sealed record DecisionTableDefinition
{
    /// <summary>Name for messages.</summary>
    public string Name { get; init; } = "";

    /// <summary>What several matching rows give.</summary>
    public HitPolicy HitPolicy { get; init; } = HitPolicy.Unique;

    /// <summary>The tested expressions, one per column.</summary>
    public required IReadOnlyList<TableInput> Inputs { get; init; }

    /// <summary>The outputs, at least one; names are needed when there are several.</summary>
    public required IReadOnlyList<TableOutput> Outputs { get; init; }

    /// <summary>The rows, in order.</summary>
    public required IReadOnlyList<TableRow> Rows { get; init; }
}

/// <summary>An input column.</summary>
/// <param name="Expression">FEEL expression whose value the cells test.</param>
/// <param name="Type">Type of the value, to check the cells against; null when not known.</param>
/// <param name="AllowedValues">FEEL unary tests every value must pass; null for no restriction.</param>
/// <param name="Label">Name for messages and traces; the expression when null.</param>
public sealed record TableInput(string Expression, FeelType? Type = null, string? AllowedValues = null, string? Label = null);

/// <summary>An output column.</summary>
/// <param name="Name">Name of the entry in the result; may be null when there is one output only.</param>
/// <param name="Type">Type of the values; null when not known.</param>
/// <param name="AllowedValues">FEEL values separated by commas, highest priority first; null for no restriction.</param>
/// <param name="Default">FEEL expression used when no row matches; null for none.</param>
public sealed record TableOutput(string? Name = null, FeelType? Type = null, string? AllowedValues = null, string? Default = null);

/// <summary>A row.</summary>
/// <param name="Id">Stable id that traces name.</param>
/// <param name="Inputs">FEEL unary tests, one per input; "-" for any value.</param>
/// <param name="Outputs">FEEL expressions, one per output.</param>
/// <param name="Annotation">Reason or note that traces carry; null for none.</param>
public sealed record TableRow(string Id, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, string? Annotation = null);
