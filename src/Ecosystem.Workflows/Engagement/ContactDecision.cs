namespace Ecosystem.Workflows.Engagement;

/// <summary>What is to become of a message.</summary>
/// <param name="Action"><c>send</c> now, <c>merge</c> into the digest, <c>defer</c> to working hours, or <c>drop</c>.</param>
/// <param name="Counts">It counts against the budget.</param>
/// <param name="Bypass">The budget was passed over.</param>
/// <param name="DecisionId">The stored decision.</param>
public sealed record ContactDecision(string Action, bool Counts, bool Bypass, DecisionId DecisionId);
