namespace Ecosystem.Rules.RuleModel.Builders;

/// <summary>Builds an element that tests whether its source matches at all.</summary>
public abstract class QuantifierBuilder : RuleElementBuilder
{
    private RuleElementBuilder? _source;

    internal QuantifierBuilder()
    {
    }

    /// <summary>Sets a pattern as the source.</summary>
    /// <param name="type">Type of facts.</param>
    /// <param name="name">Name of the variable a fact is bound to within the source; null for a generated name.</param>
    /// <returns>Builder of the pattern.</returns>
    public PatternBuilder Pattern(Type type, string? name = null) => Set(new PatternBuilder(type, name));

    /// <summary>Sets a pattern as the source.</summary>
    /// <param name="declaration">Variable a fact is bound to within the source.</param>
    /// <returns>Builder of the pattern.</returns>
    public PatternBuilder Pattern(Declaration declaration) => Set(new PatternBuilder(declaration));

    /// <summary>Sets a pattern as the source.</summary>
    /// <param name="builder">Builder of the pattern.</param>
    public void Pattern(PatternBuilder builder) => Set(builder);

    /// <summary>Sets a pattern as the source.</summary>
    /// <param name="element">The pattern.</param>
    public void Pattern(PatternElement element) => Set(new ElementBuilder(element));

    /// <summary>Sets a group as the source.</summary>
    /// <param name="groupType">How its elements combine.</param>
    /// <returns>Builder of the group.</returns>
    public GroupBuilder Group(GroupType groupType) => Set(new GroupBuilder(groupType));

    /// <summary>Sets a group as the source.</summary>
    /// <param name="builder">Builder of the group.</param>
    public void Group(GroupBuilder builder) => Set(builder);

    /// <summary>Sets a group as the source.</summary>
    /// <param name="element">The group.</param>
    public void Group(GroupElement element) => Set(new ElementBuilder(element));

    /// <summary>Sets an existence test as the source.</summary>
    /// <returns>Builder of the test.</returns>
    public ExistsBuilder Exists() => Set(new ExistsBuilder());

    /// <summary>Sets a negation as the source.</summary>
    /// <returns>Builder of the negation.</returns>
    public NotBuilder Not() => Set(new NotBuilder());

    internal RuleElement BuildSource() => _source?.BuildElement()
        ?? throw new InvalidOperationException($"{GetType().Name} has no source: give it a pattern or a group");

    private T Set<T>(T builder)
        where T : RuleElementBuilder
    {
        if (_source is not null)
        {
            throw new InvalidOperationException($"{GetType().Name} can only have a single source");
        }

        _source = builder;
        return builder;
    }
}
