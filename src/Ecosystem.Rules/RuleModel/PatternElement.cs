namespace Ecosystem.Rules.RuleModel;

/// <summary>Matches facts of a type, or results of a source, that satisfy conditions.</summary>
public class PatternElement : RuleLeftElement
{
    /// <summary>Name under which conditions are found in <see cref="Expressions"/>.</summary>
    public const string ConditionName = "Condition";

    internal PatternElement(Declaration declaration, IEnumerable<NamedExpressionElement> expressions, RuleElement? source)
    {
        Declaration = declaration;
        ValueType = declaration.Type;
        Expressions = new ExpressionCollection(expressions);
        Source = source;
        AddExport(declaration);
        if (source is not null)
        {
            AddImports(source.Imports);
        }

        AddImports(Expressions.SelectMany(e => e.Imports).Where(d => !d.Equals(declaration)));
    }

    /// <summary>Variable the matching fact is bound to.</summary>
    public Declaration Declaration { get; }

    /// <summary>Source of the values, an aggregation or a binding; null if the pattern matches facts of the session.</summary>
    public RuleElement? Source { get; }

    /// <summary>Type of values the pattern matches.</summary>
    public Type ValueType { get; }

    /// <summary>Conditions of the pattern.</summary>
    public ExpressionCollection Expressions { get; }

    /// <inheritdoc/>
    public override ElementType ElementType => ElementType.Pattern;

    internal override RuleElement Accept<TContext>(TContext context, RuleElementVisitor<TContext> visitor) =>
        visitor.VisitPattern(context, this);

    /// <summary>Gives the element, or a new one if a part was rewritten.</summary>
    internal PatternElement Update(ExpressionCollection expressions, RuleElement? source) =>
        expressions == Expressions && source == Source ? this : new PatternElement(Declaration, expressions, source);
}
