namespace Ecosystem.Rules.Rulesets;

/// <summary>A decision table with the hit policies of DMN.</summary>
/// <param name="Id">Identifier, unique in the ruleset.</param>
public sealed record TableSection(string Id) : RulesetSection(Id)
{
    /// <summary>Hit policy, written out: <c>unique</c>, <c>any</c>, <c>priority</c>, <c>first</c>, <c>rule order</c>, <c>output order</c>,
    /// <c>collect</c>, <c>collect sum</c>, <c>collect min</c>, <c>collect max</c> or <c>collect count</c>.</summary>
    public string Hit { get; init; } = "unique";

    /// <summary>Input columns: name and expression.</summary>
    public IReadOnlyList<KeyValuePair<string, RulesetSourceText>> Inputs { get; init; } = [];

    /// <summary>Names of the output columns.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>Allowed texts of output columns that the ruleset's outputs do not declare, best first for <c>priority</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> OutputValues { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Name of the variable that takes the result as a record (or list of records); null when each output becomes a variable.</summary>
    public string? Into { get; init; }

    /// <summary>Outputs when no row applies, by name; empty when that is an error.</summary>
    public IReadOnlyList<KeyValuePair<string, RulesetSourceText>> Defaults { get; init; } = [];

    /// <summary>The rows in order.</summary>
    public IReadOnlyList<TableRow> Rows { get; init; } = [];

    /// <summary>One row.</summary>
    /// <param name="Id">Identifier, unique in the table.</param>
    public sealed record TableRow(string Id)
    {
        /// <summary>Unary test by input column; a column that is absent accepts anything.</summary>
        public IReadOnlyDictionary<string, RulesetSourceText> Tests { get; init; } = new Dictionary<string, RulesetSourceText>();

        /// <summary>Expression by output column; a column that is absent gives null.</summary>
        public IReadOnlyDictionary<string, RulesetSourceText> Results { get; init; } = new Dictionary<string, RulesetSourceText>();

        /// <summary>Reason in plain words; null when the row has none.</summary>
        public RulesetSourceText? Because { get; init; }

        /// <summary>Line in the document, counted from 1.</summary>
        public int Line { get; init; }

        /// <summary>Column in the document, counted from 1.</summary>
        public int Column { get; init; }
    }
}
