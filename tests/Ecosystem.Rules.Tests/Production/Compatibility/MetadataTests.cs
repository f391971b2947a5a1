using System.Linq.Expressions;
using Ecosystem.Rules.Fluent;
using Ecosystem.Rules.Fluent.Dsl;
using Ecosystem.Rules.RuleModel;
using Ecosystem.Rules.RuleModel.Builders;

namespace Ecosystem.Rules.Tests.Production.Compatibility;

/// <summary>Rule classes, their attributes, loading them, and building and rewriting rules without classes.</summary>
public class MetadataTests
{
    [Fact]
    public void Load_AttributesOfClassAndBase_AreRead()
    {
        var rule = Load<ChildRule>();
        Assert.Equal("Child", rule.Name);
        Assert.Equal("Says more", rule.Description);
        Assert.Equal(200, rule.Priority);
        Assert.Equal(["base", "child", "own"], rule.Tags.Order());
        Assert.Equal(RuleRepeatability.Repeatable, rule.Repeatability);
        Assert.Equal(RuleRepeatability.NonRepeatable, new RuleMetadata(typeof(BaseRule)).Repeatability);
        Assert.Equal(typeof(ChildRule), rule.Properties[RuleProperties.ClrType]);
    }

    [Fact]
    public void Load_NameAndPriorityInDefine_WinOverAttributes()
    {
        var rule = Load<ProgrammaticRule>();
        Assert.Equal("Programmatic", rule.Name);
        Assert.Equal(1000, rule.Priority);
    }

    [Fact]
    public void Load_NoAttributes_HasDefaults()
    {
        var rule = Load<PlainRule>();
        Assert.Equal(typeof(PlainRule).FullName, rule.Name);
        Assert.Equal(string.Empty, rule.Description);
        Assert.Equal(0, rule.Priority);
        Assert.Empty(rule.Tags);
        Assert.Equal(RuleRepeatability.Repeatable, rule.Repeatability);
    }

    [Fact]
    public void Load_NothingFound_GivesAnEmptySet()
    {
        var repository = new RuleRepository();
        repository.Load(x => x.From(typeof(string)));
        repository.Load(x => x.From(typeof(string).Assembly).To("Named"));
        Assert.Equal(["default", "Named"], repository.GetRuleSets().Select(s => s.Name));
        Assert.Empty(repository.GetRules());
    }

    [Fact]
    public void Load_WhereAndTag_Select()
    {
        var repository = new RuleRepository();
        repository.Load(x => x.NestedTypes().PrivateTypes().From(GetType().Assembly).Where(r => r.IsTagged("child")).To("Tagged"));
        Assert.Equal("Child", Assert.Single(repository.GetRuleSets().Single().Rules).Name);
    }

    [Fact]
    public void Load_RuleThatIsNoRule_SaysWhich()
    {
        var repository = new RuleRepository();
        Assert.Equal(typeof(EmptyRule), Assert.Throws<RuleDefinitionException>(() => repository.Load(x => x.NestedTypes().From(typeof(EmptyRule)))).RuleType);
        Assert.Equal(
            typeof(ThrowingRule), Assert.Throws<RuleActivationException>(() => repository.Load(x => x.NestedTypes().From(typeof(ThrowingRule)))).RuleType);
    }

    [Fact]
    public void Match_VariablesThatAreProperties_AreNamedAfterThem()
    {
        foreach (var rule in new[] { Load<PropertyRule>(), Load<StaticPropertyRule>() })
        {
            Assert.Equal(2, rule.LeftHandSide.Exports.Count);
            Assert.Equal(["Partner", "Deal"], rule.LeftHandSide.Exports.Select(d => d.Name));
            var session = new RuleCompiler().Compile([rule]).CreateSession();
            session.InsertAll([new Partner { Id = 1 }, new Deal { PartnerId = 1 }, new Deal { PartnerId = 2 }]);
            Assert.Equal(1, session.Fire());
        }
    }

    [Fact]
    public void Build_UndefinedOrDuplicateVariables_AreNamed()
    {
        Expression<Func<Partner, bool>> condition = other => other.Score > 1;
        Expression<Action<IContext, Partner>> action = (ctx, other) => ctx.Halt();
        Assert.Equal(
            "Undefined variables in rule match conditions. Variables=other",
            Error(b => b.LeftHandSide().Pattern(typeof(Deal), "deal").Condition(condition)));
        Assert.Equal("Undefined variables in rule filter. Variables=other", Error(b => b.Filters().Filter(FilterType.Predicate, condition)));
        Assert.Equal("Undefined variables in rule actions. Variables=other", Error(b => b.RightHandSide().Action(action)));
        Assert.Equal("Duplicate declarations. Declaration=partner", Error(b => b.LeftHandSide().Pattern(typeof(Deal), "partner")));
        Assert.Equal("Duplicate declarations. Declaration=partner", Error(b => b.Dependencies().Dependency(typeof(IDisposable), "partner")));

        static string Error(Action<RuleBuilder> change)
        {
            var builder = new RuleBuilder();
            builder.Name("R");
            builder.LeftHandSide().Pattern(typeof(Partner), "partner");
            Expression<Action<IContext>> action = ctx => ctx.Halt();
            builder.RightHandSide().Action(action);
            change(builder);
            return Assert.Throws<InvalidOperationException>(() => builder.Build()).Message;
        }
    }

    [Fact]
    public void Visit_NothingRewritten_GivesTheSameRule()
    {
        var rule = Load<ChildRule>();
        Assert.Same(rule, new RuleElementVisitor<Context>().Visit(Context.Empty, rule));
    }

    [Fact]
    public void Visit_ConditionRewritten_GivesARuleThatMatchesDifferently()
    {
        var rule = Load<ChildRule>();
        var raised = new ThresholdVisitor().Visit(90, rule);
        Assert.NotSame(rule, raised);
        Assert.Equal(rule.Name, raised.Name);
        var session = new RuleCompiler().Compile([raised]).CreateSession();
        session.InsertAll([new Partner { Score = 60 }, new Partner { Score = 95 }, new Deal()]);
        Assert.Equal(1, session.Fire());
    }

    [Fact]
    public void Compile_CancelledWhileRulesAreRead_StopsThere()
    {
        using var source = new CancellationTokenSource();
        var factory = new RuleCompiler(new RuleCompilerOptions()).Compile(Rules(), source.Token);
        Assert.Single(factory.GetSchema().Nodes, n => n.NodeType == Diagnostics.NodeType.Rule);

        IEnumerable<IRuleDefinition> Rules()
        {
            yield return Load<PlainRule>();
            source.Cancel();
            yield return Load<ChildRule>();
        }
    }

    private static IRuleDefinition Load<T>()
        where T : Rule
    {
        var repository = new RuleRepository();
        repository.Load(x => x.NestedTypes().PrivateTypes().From(typeof(T)));
        return repository.GetRules().Single();
    }

    [Tag("base")]
    [Priority(200)]
    [Repeatability(RuleRepeatability.NonRepeatable)]
    private abstract class BaseRule : Rule;

    [Name("Child")]
    [Description("Says more")]
    [Tag("child")]
    [OwnTag]
    private sealed class ChildRule : BaseRule
    {
        public override void Define()
        {
            Partner partner = null!;
            When()
                .Match(() => partner, p => p.Score > 50)
                .Or(x => x.Exists<Deal>(d => d.Stage == "Won").Not<Deal>());
            Filter().Where(() => partner.Id >= 0);
            Then().Do(ctx => LambdaRule.NoOp(ctx, partner));
        }
    }

    [Name("Declared")]
    [Priority(5)]
    private sealed class ProgrammaticRule : BaseRule
    {
        public override void Define()
        {
            Name("Programmatic");
            Priority(1000);
            When().Match<Partner>();
            Then().Do(ctx => ctx.Halt());
        }
    }

    public sealed class PlainRule : Rule
    {
        public override void Define()
        {
            When().Match<Partner>();
            Then().Do(ctx => ctx.Halt());
        }
    }

    private sealed class PropertyRule : Rule
    {
        public Partner Partner { get; set; } = null!;

        public Deal Deal { get; set; } = null!;

        public override void Define()
        {
            When().Match(() => Partner).Match(() => Deal, d => d.PartnerId == Partner.Id);
            Then().Do(ctx => LambdaRule.NoOp(ctx, Partner, Deal));
        }
    }

    private sealed class StaticPropertyRule : Rule
    {
        public static Partner Partner { get; set; } = null!;

        public static Deal Deal { get; set; } = null!;

        public override void Define()
        {
            When().Match(() => Partner).Match(() => Deal, d => d.PartnerId == Partner.Id);
            Then().Do(ctx => LambdaRule.NoOp(ctx, Partner, Deal));
        }
    }

    private sealed class OwnTagAttribute() : TagAttribute("own");

    public sealed class EmptyRule : Rule
    {
        public override void Define()
        {
        }
    }

    public sealed class ThrowingRule : Rule
    {
        public ThrowingRule() => throw new InvalidOperationException("constructor");

        public override void Define()
        {
        }
    }

    private sealed class ThresholdVisitor : RuleElementVisitor<int>
    {
        protected internal override NamedExpressionElement VisitNamedExpression(int context, NamedExpressionElement element)
        {
            if (element.Expression.Parameters[0].Type != typeof(Partner))
            {
                return element;
            }

            var parameter = element.Expression.Parameters[0];
            return Element.Condition(Expression.Lambda<Func<Partner, bool>>(
                Expression.GreaterThan(Expression.Property(parameter, nameof(Partner.Score)), Expression.Constant(context)), parameter));
        }
    }
}
