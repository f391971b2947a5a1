namespace Ecosystem.Workflows.Incentives.Payouts;

/// <summary>What a screening of payees found.</summary>
/// <param name="ListVersion">The version of the sanctions list; empty when there is none.</param>
/// <param name="Hits">Payees that are held.</param>
internal sealed record PayeeScreening(string ListVersion, IReadOnlyList<PayeeHit> Hits);
