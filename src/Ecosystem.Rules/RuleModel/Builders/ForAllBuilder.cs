namespace Ecosystem.Rules.RuleModel.Builders;

/// <summary>Builds a universal test.</summary>
public class ForAllBuilder : RuleElementBuilder, IBuilder<ForAllElement>
{
    private readonly List<RuleElementBuilder> _patterns = [];
    private RuleElementBuilder? _basePattern;

    /// <summary>Sets the pattern that says which facts are looked at.</summary>
    /// <param name="type">Type of facts.</param>
    /// <returns>Builder of the pattern.</returns>
    public PatternBuilder BasePattern(Type type)
    {
        var builder = new PatternBuilder(type);
        _basePattern = builder;
        return builder;
    }

    /// <summary>Sets the pattern that says which facts are looked at.</summary>
    /// <param name="builder">Builder of the pattern.</param>
    public void BasePattern(PatternBuilder builder) => _basePattern = builder;

    /// <summary>Sets the pattern that says which facts are looked at.</summary>
    /// <param name="element">The pattern.</param>
    public void BasePattern(PatternElement element) => _basePattern = new ElementBuilder(element);

    /// <summary>Adds a pattern that each of those facts must match.</summary>
    /// <param name="type">Type of facts.</param>
    /// <returns>Builder of the pattern.</returns>
    public PatternBuilder Pattern(Type type)
    {
        var builder = new PatternBuilder(type);
        _patterns.Add(builder);
        return builder;
    }

    /// <summary>Adds a pattern that each of those facts must match.</summary>
    /// <param name="builder">Builder of the pattern.</param>
    public void Pattern(PatternBuilder builder) => _patterns.Add(builder);

    /// <summary>Adds a pattern that each of those facts must match.</summary>
    /// <param name="element">The pattern.</param>
    public void Pattern(PatternElement element) => _patterns.Add(new ElementBuilder(element));

    /// <summary>Makes the test.</summary>
    /// <returns>The test.</returns>
    public ForAllElement Build() => Element.ForAll(
        (PatternElement)(_basePattern?.BuildElement() ?? throw new InvalidOperationException("FORALL base pattern is not provided")),
        _patterns.Select(p => (PatternElement)p.BuildElement()).ToArray());

    internal override RuleElement BuildElement() => Build();
}
