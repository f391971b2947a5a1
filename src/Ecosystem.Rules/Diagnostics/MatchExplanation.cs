namespace Ecosystem.Rules.Diagnostics;

/// <summary>Why a rule matches.</summary>
/// <param name="Rule">Name of the rule.</param>
/// <param name="Version">Property <c>Version</c> of the rule, if it has one.</param>
/// <param name="Trigger">What happened last to the match.</param>
/// <param name="Facts">Matched facts.</param>
/// <param name="Conditions">Conditions with the values they saw.</param>
public sealed record MatchExplanation(
    string Rule,
    string? Version,
    RuleModel.MatchTrigger Trigger,
    IReadOnlyList<FactExplanation> Facts,
    IReadOnlyList<ConditionExplanation> Conditions)
{
    /// <summary>Tells it in plain words, one line for the rule and one for each fact and condition.</summary>
    /// <returns>Text of several lines.</returns>
    public override string ToString()
    {
        var version = Version is null ? string.Empty : $" (version {Version})";
        var lines = new List<string> { $"Rule '{Rule}'{version} matches:" };
        lines.AddRange(Facts.Select(f => $"  {f.Variable} is {f.Value}{(f.Source.Length == 0 ? string.Empty : $", {f.Source}")}"));
        lines.AddRange(Conditions.Select(c =>
            $"  {c.Condition} {(c.Holds ? "holds" : "does not hold any more")}"
            + (c.Values.Count == 0 ? string.Empty : $": {string.Join(", ", c.Values)}")));
        return string.Join(Environment.NewLine, lines);
    }
}
