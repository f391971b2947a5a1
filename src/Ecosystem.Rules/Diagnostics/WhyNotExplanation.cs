namespace Ecosystem.Rules.Diagnostics;

/// <summary>Why a rule does not match.</summary>
/// <param name="Rule">Name of the rule.</param>
/// <param name="IsMatch">Whether it does match after all.</param>
/// <param name="Pattern">Pattern that failed, such as <c>Deal deal</c>; null if the rule matches.</param>
/// <param name="Condition">The first condition that failed, or null if there was nothing to test.</param>
/// <param name="Values">What the parts of the condition are worth.</param>
/// <param name="Facts">Facts that the condition was tested on.</param>
/// <param name="Reason">The reason in plain words.</param>
public sealed record WhyNotExplanation(
    string Rule,
    bool IsMatch,
    string? Pattern,
    string? Condition,
    IReadOnlyList<string> Values,
    IReadOnlyList<object> Facts,
    string Reason)
{
    /// <summary>Tells it in plain words.</summary>
    /// <returns>One sentence.</returns>
    public override string ToString() => $"Rule '{Rule}': {Reason}";
}
