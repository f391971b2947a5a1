using Ecosystem.Workflows.Tasks;

namespace Ecosystem.Workflows.Incentives.Payouts;

/// <summary>The argument of the update that cancels a payout run.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Actor">Who cancels.</param>
internal sealed record PayoutCancellation(string Reason, TaskActor Actor);
