using System.Linq.Expressions;
using System.Reflection;
using Ecosystem.Rules.RuleModel;
using Ecosystem.Rules.RuleModel.Builders;

namespace Ecosystem.Rules.Fluent.Expressions;

internal static class AliasExtensions
{
    /// <summary>Reads the variable that an alias such as <c>() =&gt; customer</c> names.</summary>
    public static (Type Type, string Name) ToSymbol<T>(this Expression<Func<T>> alias)
    {
        var body = alias.Body is UnaryExpression { NodeType: ExpressionType.Convert } convert ? convert.Operand : alias.Body;
        return body is MemberExpression { Member: FieldInfo or PropertyInfo } member
            ? (typeof(T), member.Member.Name)
            : throw new ArgumentException($"Alias must name a variable, as in '() => customer'. Expression={alias}", nameof(alias));
    }

    public static void AddConditions(
        this PatternBuilder builder, IReadOnlyDictionary<string, Declaration> scope, IEnumerable<LambdaExpression> conditions)
    {
        foreach (var condition in conditions)
        {
            builder.Condition(ExpressionRewriter.Rewrite(scope, builder.Declaration, condition));
        }
    }
}
