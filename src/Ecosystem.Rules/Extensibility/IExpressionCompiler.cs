using System.Linq.Expressions;

namespace Ecosystem.Rules.Extensibility;

/// <summary>Compiles expressions to delegates; replace it to use another compiler.</summary>
public interface IExpressionCompiler
{
    /// <summary>Compiles an expression.</summary>
    /// <typeparam name="TDelegate">Type of delegate.</typeparam>
    /// <param name="expression">Expression.</param>
    /// <returns>Delegate.</returns>
    TDelegate Compile<TDelegate>(Expression<TDelegate> expression)
        where TDelegate : Delegate;
}
