namespace Ecosystem.Rules.RuleModel;

/// <summary>Part of a rule definition. Elements are immutable.</summary>
public abstract class RuleElement
{
    private readonly List<Declaration> _exports = [];
    private readonly List<Declaration> _imports = [];

    internal RuleElement()
    {
    }

    /// <summary>Kind of element.</summary>
    public abstract ElementType ElementType { get; }

    /// <summary>Variables the element makes visible to the elements after it.</summary>
    public IReadOnlyCollection<Declaration> Exports => _exports;

    /// <summary>Variables the element needs from elements outside of it.</summary>
    public IReadOnlyCollection<Declaration> Imports => _imports;

    internal abstract RuleElement Accept<TContext>(TContext context, RuleElementVisitor<TContext> visitor);

    internal void AddExport(Declaration declaration)
    {
        if (!_exports.Contains(declaration))
        {
            _exports.Add(declaration);
        }
    }

    internal void AddExports(IEnumerable<Declaration> declarations)
    {
        foreach (var declaration in declarations)
        {
            AddExport(declaration);
        }
    }

    internal void AddImports(IEnumerable<Declaration> declarations)
    {
        foreach (var declaration in declarations)
        {
            if (!_imports.Contains(declaration))
            {
                _imports.Add(declaration);
            }
        }
    }

    internal void AddImports(System.Linq.Expressions.LambdaExpression expression) =>
        AddImports(expression.Parameters.Where(p => p.Type != typeof(IContext)).Select(p => p.ToDeclaration()));
}
