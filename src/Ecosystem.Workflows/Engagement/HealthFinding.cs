namespace Ecosystem.Workflows.Engagement;

/// <summary>A partner's health and what the re-enablement rules make of it.</summary>
/// <param name="Health">The score.</param>
/// <param name="Start">A new re-enablement episode is to begin.</param>
/// <param name="Step">The step of the ladder that is due; <c>none</c> or <c>stop</c> when there is none.</param>
/// <param name="NextStepDay">Day of the episode on which the next step is due, or null.</param>
/// <param name="Human">A person has to act.</param>
/// <param name="LegalReview">An exit needs a documented corrective action and a legal review.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="DecisionId">The stored decision.</param>
public sealed record HealthFinding(HealthScore Health, bool Start, string Step, int? NextStepDay, bool Human, bool LegalReview, string Reason, DecisionId DecisionId);
