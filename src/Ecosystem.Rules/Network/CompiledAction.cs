using System.Linq.Expressions;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Network;

/// <summary>An action of a rule. It is compiled when it first runs.</summary>
internal sealed class CompiledAction
{
    private readonly ExpressionBinder _binder;
    private readonly Dictionary<string, Type> _services;
    private volatile Action<IContext, object?[]>? _onArray;

    public CompiledAction(ActionElement element, IRuleDefinition rule, ExpressionBinder binder)
    {
        _binder = binder;
        _services = rule.DependencyGroup.Dependencies.ToDictionary(d => d.Declaration.Name, d => d.ServiceType);
        Expression = element.Expression;
        Trigger = element.ActionTrigger;
    }

    public LambdaExpression Expression { get; }

    public ActionTrigger Trigger { get; }

    public Action<RuleMatch> Compile(TupleLayout layout) => _binder.Action(Expression, layout);

    public void Invoke(RuleMatch activation) =>
        (_onArray ??= _binder.ActionOnArray(Expression)).Invoke(activation, Values(activation, resolves: true));

    /// <summary>The action's arguments without the context, for events and interceptors. Dependencies are not resolved for them.</summary>
    public object?[] Arguments(RuleMatch activation) => Values(activation, resolves: false);

    private object?[] Values(RuleMatch activation, bool resolves)
    {
        var parameters = Expression.Parameters;
        var values = new object?[parameters.Count - 1];
        var layout = activation.Node.Layout;
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = parameters[i + 1];
            values[i] = _services.TryGetValue(parameter.Name!, out var service)
                ? resolves ? ((IContext)activation).Resolve(service) : null
                : layout.Contains(parameter.Name!)
                    ? layout.Value(activation, parameter.Name!)
                    : parameter.Type.IsValueType ? Activator.CreateInstance(parameter.Type) : null;
        }

        return values;
    }
}
