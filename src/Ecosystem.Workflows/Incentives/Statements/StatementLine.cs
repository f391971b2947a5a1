namespace Ecosystem.Workflows.Incentives.Statements;

/// <summary>One line of a statement, with everything that explains it.</summary>
/// <param name="Line">The incentive line.</param>
/// <param name="Deal">The deal it was earned on.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Event">The event that earned it.</param>
/// <param name="EarnedOn">Day of the event.</param>
/// <param name="BookedOn">Day on which it was posted.</param>
/// <param name="Base">The credited part of the deal.</param>
/// <param name="SharePercent">The partner's share of the deal.</param>
/// <param name="RatePercent">Per cent of the base.</param>
/// <param name="Amount">What is earned.</param>
/// <param name="Status">Where it stood at the end of the period.</param>
/// <param name="HoldUntil">First day on which it may be approved; null when it is not held.</param>
/// <param name="HoldReason">Why it is held; null when it is not.</param>
/// <param name="PaidOn">The day on which it was paid; null while it is not.</param>
/// <param name="Why">The calculation in one line.</param>
/// <param name="Ruleset">Ruleset and version.</param>
/// <param name="Decision">The decision that computed it.</param>
/// <param name="Corrects">The line it corrects.</param>
public sealed record StatementLine(
    LineId Line, DealId? Deal, LineKind Kind, string Event, DateOnly EarnedOn, DateOnly BookedOn, Money Base, decimal SharePercent, decimal RatePercent,
    Money Amount, LineStatus Status, DateOnly? HoldUntil, string? HoldReason, DateOnly? PaidOn, string Why, string? Ruleset, DecisionId? Decision, LineId? Corrects);
