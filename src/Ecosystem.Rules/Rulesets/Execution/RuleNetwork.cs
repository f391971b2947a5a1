using System.Linq.Expressions;
using Ecosystem.Rules.RuleModel;
using Ecosystem.Rules.RuleModel.Builders;

namespace Ecosystem.Rules.Rulesets;

/// <summary>
/// Translates when/then rules into the rule model of the production engine. The inputs and values are one fact, every element of a list
/// that rules look at is another; matches are joins, exists and none are quantifiers, numbers are collections with a binding.
/// </summary>
internal sealed class RuleNetwork
{
    private const int MostFirings = 20_000;
    private const int MostCombinations = 1_000_000;
    private const string ScopeName = "$scope";
    private readonly string _section;
    private readonly Dictionary<string, int> _lists = new(StringComparer.Ordinal);
    private readonly HashSet<string> _readByConditions = new(StringComparer.Ordinal);
    private readonly Lazy<ISessionFactory> _factory;

    public RuleNetwork(string section, IReadOnlyList<CompiledRule> rules)
    {
        _section = section;
        WorkingValues = [.. rules.SelectMany(r => r.Actions).Where(a => a.Source is not RuleAction.Insert).Select(a => a.Source.Target).Distinct(StringComparer.Ordinal)];
        foreach (CompiledRule.Condition condition in rules.SelectMany(r => r.Conditions))
        {
            Survey(condition);
        }

        _factory = new Lazy<ISessionFactory>(() => new RuleCompiler { FiringLimit = MostFirings }.Compile(
            rules.OrderByDescending(r => r.Source.Priority).Select(Define)));
    }

    public IReadOnlyList<string> WorkingValues { get; }

    public void Run(RunState state)
    {
        ISession session = _factory.Value.CreateSession();
        var facts = new List<object> { new RuleScope(state) };
        foreach ((string name, int number) in _lists)
        {
            if (state.Values.TryGetValue(name, out object? value) && value is IReadOnlyList<object?> elements)
            {
                foreach (object? element in elements)
                {
                    facts.Add(new RuleFact(number, element));
                }
            }
        }

        session.InsertAll(facts);
        session.Fire();
    }

    /// <summary>Notes which lists become facts and which names conditions read directly.</summary>
    private void Survey(CompiledRule.Condition condition)
    {
        switch (condition)
        {
            case CompiledRule.Test test:
                _readByConditions.UnionWith(test.Expression.Feel.FreeNames);
                break;
            case CompiledRule.Match match:
                List(match.List);
                Where(match.Where);
                break;
            case CompiledRule.Quantified quantified:
                List(quantified.List);
                Where(quantified.Where);
                break;
            case CompiledRule.Aggregate aggregate:
                List(aggregate.List);
                Where(aggregate.Where);
                Where(aggregate.Of);
                break;
        }

        void Where(CompiledExpression? where)
        {
            if (where is not null)
            {
                _readByConditions.UnionWith(where.Feel.FreeNames);
            }
        }

        void List(CompiledExpression list)
        {
            if (IsName(list))
            {
                _lists.TryAdd(list.Source.Text.Trim(), _lists.Count);
            }
            else
            {
                _readByConditions.UnionWith(list.Feel.FreeNames);
            }
        }
    }

    private static bool IsName(CompiledExpression list) => Documents.TypeReader.IsName(list.Source.Text.Trim());

    private IRuleDefinition Define(CompiledRule rule)
    {
        var builder = new RuleBuilder();
        builder.Name(rule.Source.Id).Priority(rule.Source.Priority).Repeatability(RuleRepeatability.NonRepeatable);
        GroupBuilder group = builder.LeftHandSide();
        var declared = new List<ParameterExpression> { Expression.Parameter(typeof(RuleScope), ScopeName) };
        var pending = new RuleStep([]);
        PatternBuilder last = group.Pattern(typeof(RuleScope), ScopeName);
        foreach (CompiledRule.Condition condition in rule.Conditions)
        {
            switch (condition)
            {
                case CompiledRule.Test test:
                    pending.Add(test.Expression.IsTrue);
                    break;
                case CompiledRule.Quantified quantified when !IsName(quantified.List):
                    pending.Add(state => RuleMath.Holds(state, quantified));
                    break;
                case CompiledRule.Quantified quantified:
                    Close(last, pending, declared);
                    Quantify(group, quantified, declared);
                    pending = new RuleStep(Names(declared));
                    break;
                case CompiledRule.Match match:
                    Close(last, pending, declared);
                    last = group.Pattern(typeof(RuleFact), match.Name);
                    last.Condition(OfList(match.Name, match.List));
                    declared.Add(Expression.Parameter(typeof(RuleFact), match.Name));
                    pending = new RuleStep(Names(declared));
                    pending.Add(state => Counted(state, rule));
                    if (match.Where is { } where)
                    {
                        pending.Add(where.IsTrue);
                    }

                    break;
                case CompiledRule.Aggregate aggregate:
                    Close(last, pending, declared);
                    last = Aggregate(group, aggregate, declared);
                    pending = new RuleStep(Names(declared));
                    break;
            }
        }

        Close(last, pending, declared);
        builder.RightHandSide().Action(FireLambda(rule, declared));
        return builder.Build();
    }

    /// <summary>Stops a rule whose lists, matched with one another, are more than memory and time allow.</summary>
    private static bool Counted(RunState state, CompiledRule rule) => ++state.Combinations <= MostCombinations
        ? true
        : throw new RulesetException(state.Document.Name,
            [new RulesetDiagnostic(RulesetSeverity.Error, "too-many-combinations", rule.Path, rule.Source.Line, rule.Source.Column,
                $"The rules look at more than {PlainWords.Number(MostCombinations)} combinations of facts, '{rule.Source.Id}' among them", "narrow the first 'match' with 'where', or match fewer lists")]);

    private static string[] Names(IEnumerable<ParameterExpression> declared) => [.. declared.Skip(1).Select(d => d.Name!)];

    /// <summary>Attaches the tests gathered since the last pattern to it.</summary>
    private static void Close(PatternBuilder pattern, RuleStep step, IReadOnlyList<ParameterExpression> declared)
    {
        if (step.HasTests)
        {
            pattern.Condition(Expression.Lambda(Call(step, nameof(RuleStep.Test), declared), declared));
        }
    }

    private static MethodCallExpression Call(RuleStep step, string method, IReadOnlyList<ParameterExpression> declared, params Expression[] before) =>
        Expression.Call(Expression.Constant(step), method, null, [.. before, Expression.NewArrayInit(typeof(object), declared.Select(d => Expression.Convert(d, typeof(object))))]);

    private LambdaExpression OfList(string name, CompiledExpression list)
    {
        ParameterExpression fact = Expression.Parameter(typeof(RuleFact), name);
        return Expression.Lambda(Expression.Equal(Expression.Property(fact, nameof(RuleFact.List)), Expression.Constant(_lists[list.Source.Text.Trim()])), fact);
    }

    private void Quantify(GroupBuilder group, CompiledRule.Quantified quantified, IReadOnlyList<ParameterExpression> declared)
    {
        PatternBuilder pattern = quantified.Quantifier == RuleQuantifier.Exists
            ? group.Exists().Pattern(typeof(RuleFact), quantified.Name)
            : group.Not().Pattern(typeof(RuleFact), quantified.Name);
        Restrict(pattern, quantified.Name, quantified.List, quantified.Where, quantified.Quantifier == RuleQuantifier.All, declared);
    }

    private void Restrict(
        PatternBuilder pattern, string name, CompiledExpression list, CompiledExpression? where, bool negate, IReadOnlyList<ParameterExpression> declared)
    {
        pattern.Condition(OfList(name, list));
        if (where is null && !negate)
        {
            return;
        }

        ParameterExpression[] all = [.. declared, Expression.Parameter(typeof(RuleFact), name)];
        var step = new RuleStep(Names(all));
        step.Add(where is null ? _ => false : state => where.IsTrue(state) != negate);
        Close(pattern, step, all);
    }

    private PatternBuilder Aggregate(GroupBuilder group, CompiledRule.Aggregate aggregate, List<ParameterExpression> declared)
    {
        var step = new RuleStep(Names(declared));
        PatternBuilder result;
        Expression<Func<object?[], RuleNumber>> number;
        if (IsName(aggregate.List))
        {
            string items = $"${aggregate.As}";
            AggregateBuilder collection = group.Pattern(typeof(IEnumerable<RuleFact>), items).Aggregate();
            collection.Collect();
            Restrict(collection.Pattern(typeof(RuleFact), aggregate.Name), aggregate.Name, aggregate.List, aggregate.Where, negate: false, declared);
            ParameterExpression[] all = [.. declared, Expression.Parameter(typeof(IEnumerable<RuleFact>), items)];
            number = arguments => step.Number(aggregate, arguments);
            result = group.Pattern(typeof(RuleNumber), aggregate.As);
            result.Binding().BindingExpression(Expression.Lambda(Expression.Invoke(number, Expression.NewArrayInit(typeof(object), all.Select(a => Expression.Convert(a, typeof(object))))), all));
        }
        else
        {
            number = arguments => step.NumberOfList(aggregate, arguments);
            result = group.Pattern(typeof(RuleNumber), aggregate.As);
            result.Binding().BindingExpression(Expression.Lambda(Expression.Invoke(number, Expression.NewArrayInit(typeof(object), declared.Select(a => Expression.Convert(a, typeof(object))))), declared));
        }

        declared.Add(Expression.Parameter(typeof(RuleNumber), aggregate.As));
        return result;
    }

    private LambdaExpression FireLambda(CompiledRule rule, List<ParameterExpression> declared)
    {
        ParameterExpression context = Expression.Parameter(typeof(IContext), "$context");
        var firing = new RuleFiring(_section, rule, _lists, _readByConditions);
        MethodCallExpression body = Call(new RuleStep(Names(declared)), nameof(RuleStep.Fire), declared, Expression.Constant(firing), context);
        return Expression.Lambda(body, [context, .. declared]);
    }
}
