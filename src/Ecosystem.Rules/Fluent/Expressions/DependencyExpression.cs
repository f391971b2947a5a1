using System.Linq.Expressions;
using Ecosystem.Rules.Fluent.Dsl;
using Ecosystem.Rules.RuleModel.Builders;

namespace Ecosystem.Rules.Fluent.Expressions;

internal sealed class DependencyExpression(DependencyGroupBuilder builder, SymbolStack symbols) : IDependencyExpression
{
    public IDependencyExpression Resolve<TDependency>(Expression<Func<TDependency?>> alias)
    {
        var (type, name) = alias.ToSymbol();
        symbols.Add(builder.Dependency(type, name));
        return this;
    }
}
