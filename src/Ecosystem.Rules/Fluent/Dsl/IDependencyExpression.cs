using System.Linq.Expressions;

namespace Ecosystem.Rules.Fluent.Dsl;

/// <summary>Services a rule's actions use.</summary>
public interface IDependencyExpression
{
    /// <summary>Binds a service to a variable. It is resolved each time the rule fires.</summary>
    /// <typeparam name="TDependency">Type of service.</typeparam>
    /// <param name="alias">Variable to bind.</param>
    /// <returns>Dependencies to continue.</returns>
    IDependencyExpression Resolve<TDependency>(Expression<Func<TDependency?>> alias);
}
