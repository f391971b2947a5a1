using Ecosystem.Rules.Network;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Diagnostics;

/// <summary>Explains why rules match and why they do not.</summary>
public static class ExplanationExtensions
{
    /// <summary>Explains a match: its facts, where they come from, and each condition with the values it saw.</summary>
    /// <param name="session">Session the match belongs to.</param>
    /// <param name="match">Match, from the agenda, an event or an action's context.</param>
    /// <returns>Explanation; its text is in plain words.</returns>
    public static MatchExplanation Explain(this ISession session, IMatch match)
    {
        ArgumentNullException.ThrowIfNull(session);
        var facts = match.Facts.Where(f => f is not FactMatch { IsBound: false }).ToList();
        var values = facts.ToDictionary(f => f.Declaration.Name, f => f.Value);
        return new MatchExplanation(
            match.Rule.Name,
            match.Rule.Properties.TryGet("Version", out var version) ? version?.ToString() : null,
            match.Trigger,
            [.. facts.Select(f => new FactExplanation(
                ConditionText.Name(f.Declaration.Name), ConditionText.TypeName(f.Type), ConditionText.Format(f.Value), Origin(f.Source)))],
            [.. Conditions(match.Rule.LeftHandSide)
                .Where(e => e.Expression.Parameters.All(p => values.ContainsKey(p.Name!)))
                .Select(e => ConditionText.Explain(e.Expression, values))]);
    }

    /// <summary>Finds the first condition for which a rule does not match.</summary>
    /// <param name="session">Session with the facts.</param>
    /// <param name="ruleName">Name of the rule.</param>
    /// <param name="facts">Facts the rule should match; for patterns of other types all facts of the session are tried.</param>
    /// <returns>Explanation; its text is in plain words.</returns>
    /// <exception cref="ArgumentException">The session has no such rule.</exception>
    public static WhyNotExplanation WhyNot(this ISession session, string ruleName, params object[] facts)
    {
        var rule = session.GetSchema().Nodes.SelectMany(n => n.Rules).FirstOrDefault(r => r.Name == ruleName)
            ?? throw new ArgumentException($"The session has no rule '{ruleName}'.", nameof(ruleName));
        return session.WhyNot(rule, facts);
    }

    /// <summary>Finds the first condition for which a rule does not match.</summary>
    /// <param name="session">Session with the facts.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="facts">Facts the rule should match; for patterns of other types all facts of the session are tried.</param>
    /// <returns>Explanation; its text is in plain words.</returns>
    public static WhyNotExplanation WhyNot(this ISession session, IRuleDefinition rule, params object[] facts) =>
        new WhyNotSearch(rule, [.. session.Query<object>()], facts).Run();

    private static string Origin(IFactSource? source) => source switch
    {
        null => string.Empty,
        ILinkedFactSource linked => $"yielded by rule '{linked.Rule.Name}'",
        _ => $"made from {source.Facts.Count()} facts",
    };

    private static IEnumerable<NamedExpressionElement> Conditions(RuleElement element) => element switch
    {
        GroupElement group => group.ChildElements.SelectMany(Conditions),
        PatternElement pattern => pattern.Expressions.Find(PatternElement.ConditionName),
        _ => [],
    };
}
