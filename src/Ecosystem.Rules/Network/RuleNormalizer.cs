using System.Linq.Expressions;
using Ecosystem.Rules.RuleModel;
using Ecosystem.Rules.RuleModel.Builders;

namespace Ecosystem.Rules.Network;

/// <summary>Brings conditions to the form the network is built from: alternatives, each a list of patterns, negations and existence tests.</summary>
internal static class RuleNormalizer
{
    public static List<List<RuleElement>> Alternatives(RuleElement element) => element switch
    {
        AndElement and => and.ChildElements.Aggregate(
            new List<List<RuleElement>> { new() },
            (combined, child) => [.. combined.SelectMany(before => Alternatives(child), (before, after) => before.Concat(after).ToList())]),
        OrElement or => [.. or.ChildElements.SelectMany(Alternatives)],
        NotElement { Source: OrElement or } => Alternatives(Element.AndGroup(or.ChildElements.Select(c => (RuleElement)Element.Not(c)))),
        ExistsElement { Source: OrElement or } => [.. or.ChildElements.SelectMany(c => Alternatives(Element.Exists(c)))],
        ForAllElement forAll => [[.. ToNegations(forAll)]],
        _ => [[element]],
    };

    /// <summary>
    /// Every fact of the base pattern matches the other patterns: for none of them there is a fact of the base pattern that it does not match.
    /// </summary>
    private static IEnumerable<RuleElement> ToNegations(ForAllElement forAll)
    {
        var own = forAll.BasePattern.Declaration.ToParameterExpression();
        foreach (var pattern in forAll.Patterns)
        {
            var other = pattern.Declaration.ToParameterExpression();
            var isSame = own.Type.IsValueType ? Expression.Equal(own, other) : Expression.ReferenceEqual(own, other);
            var conditions = pattern.Expressions.Prepend(Element.Condition(Expression.Lambda(isSame, own, other)));
            yield return Element.Not(Element.AndGroup(
                forAll.BasePattern, Element.Not(Element.Pattern(pattern.Declaration, conditions, pattern.Source))));
        }
    }
}
