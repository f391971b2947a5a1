namespace Ecosystem.Workflows.Incentives.Statements;

/// <summary>What is on hold until a day.</summary>
/// <param name="Until">First day on which it may be approved.</param>
/// <param name="Reason">Why it is held.</param>
/// <param name="Amount">How much.</param>
/// <param name="Lines">How many lines.</param>
public sealed record PartnerHold(DateOnly Until, string Reason, Money Amount, int Lines);
