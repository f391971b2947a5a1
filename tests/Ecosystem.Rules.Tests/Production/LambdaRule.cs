using System.Linq.Expressions;
using Ecosystem.Rules.Fluent.Dsl;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Tests.Production;

/// <summary>A rule whose definition is given by the test; the parameters give access to what a rule class inherits.</summary>
public sealed class LambdaRule(string name, Action<LambdaRule> define) : Rule
{
    public override void Define()
    {
        Name(name);
        define(this);
    }

    public new ILeftHandSideExpression When() => base.When();

    public new IRightHandSideExpression Then() => base.Then();

    public new IFilterExpression Filter() => base.Filter();

    public new IDependencyExpression Dependency() => base.Dependency();

    public new void Priority(int value) => base.Priority(value);

    public new void Priority(Expression<Func<int>> expression) => base.Priority(expression);

    public static void NoOp(IContext context, params object?[] facts)
    {
    }
}
