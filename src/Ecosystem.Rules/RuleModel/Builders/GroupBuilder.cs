namespace Ecosystem.Rules.RuleModel.Builders;

/// <summary>Builds a group of patterns and nested groups.</summary>
public class GroupBuilder : RuleElementBuilder, IBuilder<GroupElement>
{
    private readonly List<RuleElementBuilder> _children = [];
    private GroupType _groupType = Builders.GroupType.And;

    /// <summary>Creates a builder of a group whose elements must all match.</summary>
    public GroupBuilder()
    {
    }

    /// <summary>Creates a builder of a group.</summary>
    /// <param name="groupType">How the elements combine.</param>
    public GroupBuilder(GroupType groupType)
    {
        _groupType = groupType;
    }

    /// <summary>Sets how the elements combine.</summary>
    /// <param name="groupType">How the elements combine.</param>
    public void GroupType(GroupType groupType) => _groupType = groupType;

    /// <summary>Adds a pattern.</summary>
    /// <param name="type">Type of facts.</param>
    /// <param name="name">Name of the variable a fact is bound to; null for a generated name.</param>
    /// <returns>Builder of the pattern.</returns>
    public PatternBuilder Pattern(Type type, string? name = null) => Added(new PatternBuilder(type, name));

    /// <summary>Adds a pattern.</summary>
    /// <param name="declaration">Variable a fact is bound to.</param>
    /// <returns>Builder of the pattern.</returns>
    public PatternBuilder Pattern(Declaration declaration) => Added(new PatternBuilder(declaration));

    /// <summary>Adds a pattern.</summary>
    /// <param name="builder">Builder of the pattern.</param>
    public void Pattern(PatternBuilder builder) => _children.Add(builder);

    /// <summary>Adds a pattern.</summary>
    /// <param name="element">The pattern.</param>
    public void Pattern(PatternElement element) => _children.Add(new ElementBuilder(element));

    /// <summary>Adds a nested group.</summary>
    /// <param name="groupType">How its elements combine.</param>
    /// <returns>Builder of the group.</returns>
    public GroupBuilder Group(GroupType groupType) => Added(new GroupBuilder(groupType));

    /// <summary>Adds a nested group.</summary>
    /// <param name="builder">Builder of the group.</param>
    public void Group(GroupBuilder builder) => _children.Add(builder);

    /// <summary>Adds a nested group.</summary>
    /// <param name="element">The group.</param>
    public void Group(GroupElement element) => _children.Add(new ElementBuilder(element));

    /// <summary>Adds an existence test.</summary>
    /// <returns>Builder of the test.</returns>
    public ExistsBuilder Exists() => Added(new ExistsBuilder());

    /// <summary>Adds an existence test.</summary>
    /// <param name="builder">Builder of the test.</param>
    public void Exists(ExistsBuilder builder) => _children.Add(builder);

    /// <summary>Adds an existence test.</summary>
    /// <param name="element">The test.</param>
    public void Exists(ExistsElement element) => _children.Add(new ElementBuilder(element));

    /// <summary>Adds a negation.</summary>
    /// <returns>Builder of the negation.</returns>
    public NotBuilder Not() => Added(new NotBuilder());

    /// <summary>Adds a negation.</summary>
    /// <param name="builder">Builder of the negation.</param>
    public void Not(NotBuilder builder) => _children.Add(builder);

    /// <summary>Adds a negation.</summary>
    /// <param name="element">The negation.</param>
    public void Not(NotElement element) => _children.Add(new ElementBuilder(element));

    /// <summary>Adds a universal test.</summary>
    /// <returns>Builder of the test.</returns>
    public ForAllBuilder ForAll() => Added(new ForAllBuilder());

    /// <summary>Adds a universal test.</summary>
    /// <param name="builder">Builder of the test.</param>
    public void ForAll(ForAllBuilder builder) => _children.Add(builder);

    /// <summary>Adds a universal test.</summary>
    /// <param name="element">The test.</param>
    public void ForAll(ForAllElement element) => _children.Add(new ElementBuilder(element));

    /// <summary>Makes the group.</summary>
    /// <returns>The group.</returns>
    public GroupElement Build() => Element.Group(_groupType, _children.Select(c => c.BuildElement()).ToArray());

    internal override RuleElement BuildElement() => Build();

    private T Added<T>(T builder)
        where T : RuleElementBuilder
    {
        _children.Add(builder);
        return builder;
    }
}
