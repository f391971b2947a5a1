using System.Linq.Expressions;

namespace Ecosystem.Rules.Extensibility;

/// <summary>Compiles expressions with the framework's compiler.</summary>
public class ExpressionCompiler : IExpressionCompiler
{
    /// <inheritdoc/>
    public TDelegate Compile<TDelegate>(Expression<TDelegate> expression)
        where TDelegate : Delegate => expression.Compile();
}
