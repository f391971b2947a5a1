namespace Ecosystem.Rules.Feel;

/// <summary>One node of a parsed expression.</summary>
internal abstract record FeelSyntax(FeelPosition At)
{
    /// <summary>Nodes on the longest way down; bounded so that no later pass can exhaust the stack.</summary>
    public int Depth { get; init; } = 1;
}

internal enum FeelOperator
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    And,
    Or,
}

internal sealed record FeelLiteral(FeelPosition At, FeelValue Value, string? AtText = null) : FeelSyntax(At);

internal sealed record FeelNameRef(FeelPosition At, string Name) : FeelSyntax(At);

internal sealed record FeelPath(FeelPosition At, FeelSyntax Source, string Name) : FeelSyntax(At);

/// <summary>All values of a name at any depth below the source (DMN 1.6): "source...name".</summary>
internal sealed record FeelDescendants(FeelPosition At, FeelSyntax Source, string Name) : FeelSyntax(At);

internal sealed record FeelFilter(FeelPosition At, FeelSyntax Source, FeelSyntax Condition) : FeelSyntax(At);

internal sealed record FeelArgument(string? Name, FeelSyntax Value);

internal sealed record FeelCall(FeelPosition At, FeelSyntax Target, IReadOnlyList<FeelArgument> Arguments) : FeelSyntax(At);

internal sealed record FeelBinary(FeelPosition At, FeelOperator Operator, FeelSyntax Left, FeelSyntax Right) : FeelSyntax(At);

internal sealed record FeelNegate(FeelPosition At, FeelSyntax Operand) : FeelSyntax(At);

internal sealed record FeelBetween(FeelPosition At, FeelSyntax Value, FeelSyntax Low, FeelSyntax High) : FeelSyntax(At);

internal sealed record FeelIn(FeelPosition At, FeelSyntax Value, IReadOnlyList<FeelSyntax> Tests) : FeelSyntax(At);

internal sealed record FeelInstanceOf(FeelPosition At, FeelSyntax Value, FeelType Type) : FeelSyntax(At);

internal sealed record FeelIf(FeelPosition At, FeelSyntax Condition, FeelSyntax Then, FeelSyntax Else) : FeelSyntax(At);

/// <summary>One iterator of for, some or every: over a list, or from Source to Until.</summary>
internal sealed record FeelIterator(string Name, FeelSyntax Source, FeelSyntax? Until, FeelType? Type = null);

internal sealed record FeelFor(FeelPosition At, IReadOnlyList<FeelIterator> Iterators, FeelSyntax Return) : FeelSyntax(At);

internal sealed record FeelQuantified(FeelPosition At, bool Every, IReadOnlyList<FeelIterator> Iterators, FeelSyntax Condition) : FeelSyntax(At);

internal sealed record FeelParameter(string Name, FeelType? Type);

internal sealed record FeelFunctionLiteral(FeelPosition At, IReadOnlyList<FeelParameter> Parameters, FeelSyntax Body, bool External) : FeelSyntax(At);

internal sealed record FeelListLiteral(FeelPosition At, IReadOnlyList<FeelSyntax> Items) : FeelSyntax(At);

internal sealed record FeelEntry(string Key, FeelSyntax Value);

internal sealed record FeelContextLiteral(FeelPosition At, IReadOnlyList<FeelEntry> Entries) : FeelSyntax(At);

internal sealed record FeelInterval(FeelPosition At, bool LowIncluded, FeelSyntax Low, FeelSyntax High, bool HighIncluded) : FeelSyntax(At);

/// <summary>A comparison with an implied left side: a test of "?" in unary tests, an unbounded range inside parentheses.</summary>
internal sealed record FeelUnaryComparison(FeelPosition At, FeelOperator Operator, FeelSyntax Operand) : FeelSyntax(At);

/// <summary>A cell of a decision table. No tests means the dash: any value, even none.</summary>
internal sealed record FeelUnaryTests(FeelPosition At, bool Negated, IReadOnlyList<FeelSyntax> Tests) : FeelSyntax(At);
