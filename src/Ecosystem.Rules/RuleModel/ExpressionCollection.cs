using System.Collections;

namespace Ecosystem.Rules.RuleModel;

/// <summary>Named expressions of an element, in the order they were given.</summary>
public class ExpressionCollection : IReadOnlyList<NamedExpressionElement>
{
    private readonly NamedExpressionElement[] _expressions;

    internal ExpressionCollection(IEnumerable<NamedExpressionElement> expressions)
    {
        _expressions = [.. expressions];
    }

    /// <summary>Number of expressions.</summary>
    public int Count => _expressions.Length;

    /// <summary>Expression at a place.</summary>
    /// <param name="index">Zero-based place.</param>
    /// <returns>The expression.</returns>
    public NamedExpressionElement this[int index] => _expressions[index];

    /// <summary>The one expression with a given name.</summary>
    /// <param name="name">Name of the expression.</param>
    /// <exception cref="ArgumentException">There is none, or more than one.</exception>
    public NamedExpressionElement this[string name] => FindSingleOrDefault(name)
        ?? throw new ArgumentException($"Expression not found. Name={name}", nameof(name));

    /// <summary>Lists the expressions with a given name.</summary>
    /// <param name="name">Name of the expressions.</param>
    /// <returns>Expressions in order.</returns>
    public IEnumerable<NamedExpressionElement> Find(string name) => _expressions.Where(e => e.Name == name);

    /// <summary>Finds the one expression with a given name.</summary>
    /// <param name="name">Name of the expression.</param>
    /// <returns>The expression, or null if there is none.</returns>
    /// <exception cref="ArgumentException">More than one has the name.</exception>
    public NamedExpressionElement? FindSingleOrDefault(string name)
    {
        NamedExpressionElement? found = null;
        foreach (var expression in _expressions)
        {
            if (expression.Name == name)
            {
                found = found is null
                    ? expression
                    : throw new ArgumentException($"Expected a single expression. Name={name}", nameof(name));
            }
        }

        return found;
    }

    /// <inheritdoc/>
    public IEnumerator<NamedExpressionElement> GetEnumerator() => _expressions.AsEnumerable().GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
