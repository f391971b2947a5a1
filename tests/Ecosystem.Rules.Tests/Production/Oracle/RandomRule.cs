using System.Linq.Expressions;
using Ecosystem.Rules.RuleModel;
using Ecosystem.Rules.RuleModel.Builders;

namespace Ecosystem.Rules.Tests.Production.Oracle;

/// <summary>A random rule in two forms: as a definition for the engine, and as a list of steps that a naive interpreter evaluates.</summary>
public sealed class RandomRule
{
    private RandomRule(string name, IReadOnlyList<Step> steps, int priority, RuleRepeatability repeatability)
    {
        Name = name;
        Steps = steps;
        Priority = priority;
        Repeatability = repeatability;
    }

    public enum StepKind
    {
        Match,
        Not,
        Exists,
        Group,
        Collect,
        NotPair,
        ForAll,
        Sorted,
        Sum,
        Lookup,
        Either,
    }

    public string Name { get; }

    public IReadOnlyList<Step> Steps { get; }

    public int Priority { get; }

    public RuleRepeatability Repeatability { get; }

    public bool HasAggregates => Steps.Any(s => s.Kind is StepKind.Group or StepKind.Collect or StepKind.Sorted or StepKind.Sum or StepKind.Lookup);

    public bool HasQuantifiers => Steps.Any(s => s.Kind is StepKind.Not or StepKind.Exists or StepKind.NotPair or StepKind.ForAll);

    /// <summary>Whether a variable is a sorted collection.</summary>
    public bool IsSorted(string variable) => Steps.Where((s, i) => s.Kind == StepKind.Sorted && variable == "s" + i).Any();

    public static RandomRule Create(Random random, string name)
    {
        var steps = new List<Step>();
        var count = random.Next(1, 4);
        var matched = 0;
        for (var i = 0; i < count; i++)
        {
            var kind = (StepKind)random.Next(i == 0 ? 14 : 18) switch
            {
                var k when k <= StepKind.Either => k,
                _ => StepKind.Match,
            };
            if (i == 0 && kind is StepKind.Not or StepKind.Exists or StepKind.NotPair or StepKind.ForAll && matched == 0)
            {
                kind = StepKind.Match;
            }

            var join = matched > 0 ? random.Next(4) : 0;
            steps.Add(new Step(
                kind, random.Next(2) == 0, random.Next(3), random.Next(4), join, matched == 0 ? 0 : random.Next(matched), random.Next(0, 3)));
            matched += kind == StepKind.Match ? 1 : 0;
        }

        return new RandomRule(
            name, steps, random.Next(3), random.Next(4) == 0 ? RuleRepeatability.NonRepeatable : RuleRepeatability.Repeatable);
    }

    public IRuleDefinition ToDefinition()
    {
        var builder = new RuleBuilder();
        builder.Name(Name);
        builder.Priority(Priority);
        builder.Repeatability(Repeatability);
        var names = new List<(string Name, Type Type)>();
        for (var i = 0; i < Steps.Count; i++)
        {
            var step = Steps[i];
            var name = "s" + i;
            switch (step.Kind)
            {
                case StepKind.Match:
                    AddConditions(builder.LeftHandSide().Pattern(step.Type, name), step, names);
                    names.Add((name, step.Type));
                    break;
                case StepKind.Not:
                    AddConditions(builder.LeftHandSide().Not().Pattern(step.Type, name), step, names);
                    break;
                case StepKind.Exists:
                    AddConditions(builder.LeftHandSide().Exists().Pattern(step.Type, name), step, names);
                    break;
                case StepKind.NotPair:
                    var group = builder.LeftHandSide().Not().Group(GroupType.And);
                    AddConditions(group.Pattern(step.Type, name), step, names);
                    Expression<Func<Item, Item, bool>> pair = (y, x) => y.Key == x.Key && y.Value < x.Value;
                    var other = group.Pattern(typeof(Blue), name + "b");
                    other.Condition(Expression.Lambda(
                        new Renamer(pair.Parameters[0], Expression.Parameter(typeof(Blue), name + "b"), pair.Parameters[1], Expression.Parameter(step.Type, name)).Visit(pair.Body),
                        Expression.Parameter(typeof(Blue), name + "b"),
                        Expression.Parameter(step.Type, name)).Fix());
                    break;
                case StepKind.ForAll:
                    var all = builder.LeftHandSide().ForAll();
                    AddConditions(all.BasePattern(step.Type), step, names);
                    var positive = all.Pattern(step.Type);
                    var own = Expression.Parameter(step.Type, positive.Declaration.Name);
                    positive.Condition(Expression.Lambda(
                        Expression.GreaterThanOrEqual(Expression.Property(own, nameof(Item.Value)), Expression.Constant(step.Minimum)), own));
                    break;
                case StepKind.Either:
                    var either = builder.LeftHandSide().Group(GroupType.Or);
                    AddConditions(either.Pattern(step.Type, name), step, names);
                    var blue = either.Pattern(typeof(Blue), name + "b");
                    var other1 = Expression.Parameter(typeof(Blue), name + "b");
                    blue.Condition(Expression.Lambda(
                        Expression.Equal(Expression.Property(other1, nameof(Item.Value)), Expression.Constant(step.Limit)), other1));
                    break;
                case StepKind.Group:
                    AddGroup(builder.LeftHandSide(), step, name, names);
                    break;
                case StepKind.Sum:
                    AddSum(builder.LeftHandSide(), step, name, names);
                    break;
                case StepKind.Lookup:
                    AddLookup(builder.LeftHandSide(), step, name, names);
                    break;
                default:
                    AddCollect(builder.LeftHandSide(), step, name, names);
                    break;
            }
        }

        Expression<Action<IContext>> action = ctx => LambdaRule.NoOp(ctx);
        builder.RightHandSide().Action(action);
        return builder.Build();
    }

    private static void AddGroup(GroupBuilder group, Step step, string name, List<(string Name, Type Type)> names)
    {
        var pattern = group.Pattern(typeof(IGrouping<int, Item>), name);
        var aggregate = pattern.Aggregate();
        var source = aggregate.Pattern(step.Type, name + "x");
        AddConditions(source, step, names);
        var item = Expression.Parameter(step.Type, name + "x");
        aggregate.GroupBy(
            Expression.Lambda(Expression.Property(item, nameof(Item.Key)), item),
            Expression.Lambda(Expression.Convert(item, typeof(Item)), item));
        var result = Expression.Parameter(typeof(IGrouping<int, Item>), name);
        pattern.Condition(Expression.Lambda(
            Expression.GreaterThan(
                Expression.Call(typeof(Enumerable), nameof(Enumerable.Count), [typeof(Item)], result), Expression.Constant(step.Minimum)),
            result));
    }

    private static void AddCollect(GroupBuilder group, Step step, string name, List<(string Name, Type Type)> names)
    {
        var pattern = group.Pattern(typeof(IEnumerable<>).MakeGenericType(step.Type), name);
        var aggregate = pattern.Aggregate();
        var source = aggregate.Pattern(step.Type, name + "x");
        AddConditions(source, step, names);
        aggregate.Collect();
        var item = Expression.Parameter(step.Type, name + "x");
        if (step.Kind == StepKind.Sorted)
        {
            aggregate.OrderBy(Expression.Lambda(Expression.Property(item, nameof(Item.Value)), item), SortDirection.Descending);
            aggregate.OrderBy(Expression.Lambda(Expression.Property(item, nameof(Item.Id)), item), SortDirection.Ascending);
        }

        var result = Expression.Parameter(typeof(IEnumerable<>).MakeGenericType(step.Type), name);
        pattern.Condition(Expression.Lambda(
            Expression.GreaterThanOrEqual(
                Expression.Call(typeof(Enumerable), nameof(Enumerable.Count), [step.Type], result), Expression.Constant(step.Minimum)),
            result));
    }

    /// <summary>The sum of the values of the facts, as one number.</summary>
    private static void AddSum(GroupBuilder group, Step step, string name, List<(string Name, Type Type)> names)
    {
        var pattern = group.Pattern(typeof(int), name);
        var sum = pattern.Aggregate();
        var all = sum.Pattern(typeof(IEnumerable<int>), name + "a");
        var collect = all.Aggregate();
        var values = collect.Pattern(typeof(int), name + "v");
        var project = values.Aggregate();
        AddConditions(project.Pattern(step.Type, name + "x"), step, names);
        var item = Expression.Parameter(step.Type, name + "x");
        project.Project(Expression.Lambda(Expression.Property(item, nameof(Item.Value)), item));
        collect.Collect();
        var numbers = Expression.Parameter(typeof(IEnumerable<int>), name + "a");
        sum.Project(Expression.Lambda(Expression.Call(typeof(Enumerable), nameof(Enumerable.Sum), null, numbers), numbers));
        var result = Expression.Parameter(typeof(int), name);
        pattern.Condition(Expression.Lambda(Expression.GreaterThan(result, Expression.Constant(step.Minimum)), result));
    }

    private static void AddLookup(GroupBuilder group, Step step, string name, List<(string Name, Type Type)> names)
    {
        var pattern = group.Pattern(typeof(IKeyedLookup<int, int>), name);
        var aggregate = pattern.Aggregate();
        AddConditions(aggregate.Pattern(step.Type, name + "x"), step, names);
        var item = Expression.Parameter(step.Type, name + "x");
        aggregate.Collect();
        aggregate.ToLookup(
            Expression.Lambda(Expression.Property(item, nameof(Item.Key)), item),
            Expression.Lambda(Expression.Property(item, nameof(Item.Value)), item));
    }

    private static void AddConditions(PatternBuilder pattern, Step step, List<(string Name, Type Type)> names)
    {
        var own = Expression.Parameter(step.Type, pattern.Declaration.Name);
        if (step.Alpha == 1)
        {
            pattern.Condition(Expression.Lambda(
                Expression.GreaterThan(Expression.Property(own, nameof(Item.Value)), Expression.Constant(step.Limit)), own));
        }
        else if (step.Alpha == 2)
        {
            pattern.Condition(Expression.Lambda(
                Expression.Equal(Expression.Property(own, nameof(Item.Key)), Expression.Constant(step.Limit)), own));
        }

        if (step.Join > 0)
        {
            var other = Expression.Parameter(names[step.Other].Type, names[step.Other].Name);
            var condition = step.Join switch
            {
                1 => Expression.Equal(Expression.Property(own, nameof(Item.Key)), Expression.Property(other, nameof(Item.Key))),
                2 => Expression.LessThan(Expression.Property(own, nameof(Item.Value)), Expression.Property(other, nameof(Item.Value))),
                _ => Expression.AndAlso(
                    Expression.Equal(Expression.Property(own, nameof(Item.Key)), Expression.Property(other, nameof(Item.Key))),
                    Expression.NotEqual(Expression.Property(own, nameof(Item.Id)), Expression.Property(other, nameof(Item.Id)))),
            };
            pattern.Condition(Expression.Lambda(condition, own, other));
        }
    }

    public sealed record Step(StepKind Kind, bool IsRed, int Alpha, int Limit, int Join, int Other, int Minimum)
    {
        public Type Type => IsRed ? typeof(Red) : typeof(Blue);

        public bool Accepts(Item item, IReadOnlyList<Item> matched) => item.GetType() == Type
            && (Alpha != 1 || item.Value > Limit)
            && (Alpha != 2 || item.Key == Limit)
            && Join switch
            {
                0 => true,
                1 => item.Key == matched[Other].Key,
                2 => item.Value < matched[Other].Value,
                _ => item.Key == matched[Other].Key && item.Id != matched[Other].Id,
            };
    }

    private sealed class Renamer(
        ParameterExpression from1, ParameterExpression to1, ParameterExpression from2, ParameterExpression to2) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from1 ? to1 : node == from2 ? to2 : node;
    }
}
