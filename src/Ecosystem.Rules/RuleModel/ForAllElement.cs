namespace Ecosystem.Rules.RuleModel;

/// <summary>Matches when every fact that matches the base pattern also matches the other patterns.</summary>
public class ForAllElement : RuleLeftElement
{
    private readonly PatternElement[] _patterns;

    internal ForAllElement(PatternElement basePattern, IEnumerable<PatternElement> patterns)
    {
        BasePattern = basePattern;
        _patterns = [.. patterns];
        AddImports(basePattern.Imports);
        AddImports(_patterns.SelectMany(p => p.Imports).Where(d => !d.Equals(basePattern.Declaration)));
    }

    /// <summary>Pattern that says which facts are looked at.</summary>
    public PatternElement BasePattern { get; }

    /// <summary>Patterns that each of those facts must match.</summary>
    public IReadOnlyList<PatternElement> Patterns => _patterns;

    /// <inheritdoc/>
    public override ElementType ElementType => ElementType.ForAll;

    internal override RuleElement Accept<TContext>(TContext context, RuleElementVisitor<TContext> visitor) => visitor.VisitForAll(context, this);

    /// <summary>Gives the element, or a new one if a part was rewritten.</summary>
    internal ForAllElement Update(PatternElement basePattern, IReadOnlyList<PatternElement> patterns) =>
        basePattern == BasePattern && patterns == Patterns ? this : new ForAllElement(basePattern, patterns);
}
