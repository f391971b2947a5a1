namespace Ecosystem.Rules.RuleModel;

/// <summary>Kind of a rule element; tells which class a <see cref="RuleElement"/> is without a type test.</summary>
public enum ElementType
{
    /// <summary>An <see cref="ActionElement"/>.</summary>
    Action,

    /// <summary>An <see cref="ActionGroupElement"/>.</summary>
    ActionGroup,

    /// <summary>An <see cref="AggregateElement"/>.</summary>
    Aggregate,

    /// <summary>An <see cref="AndElement"/>.</summary>
    And,

    /// <summary>A <see cref="BindingElement"/>.</summary>
    Binding,

    /// <summary>A <see cref="DependencyElement"/>.</summary>
    Dependency,

    /// <summary>A <see cref="DependencyGroupElement"/>.</summary>
    DependencyGroup,

    /// <summary>An <see cref="ExistsElement"/>.</summary>
    Exists,

    /// <summary>A <see cref="FilterElement"/>.</summary>
    Filter,

    /// <summary>A <see cref="FilterGroupElement"/>.</summary>
    FilterGroup,

    /// <summary>A <see cref="ForAllElement"/>.</summary>
    ForAll,

    /// <summary>A <see cref="NotElement"/>.</summary>
    Not,

    /// <summary>An <see cref="OrElement"/>.</summary>
    Or,

    /// <summary>A <see cref="PatternElement"/>.</summary>
    Pattern,

    /// <summary>A <see cref="NamedExpressionElement"/>.</summary>
    NamedExpression,

    /// <summary>A <see cref="PriorityElement"/>.</summary>
    Priority,
}
