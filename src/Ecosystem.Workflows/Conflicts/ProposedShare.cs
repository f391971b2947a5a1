using Ecosystem.Workflows.Attribution;

namespace Ecosystem.Workflows.Conflicts;

/// <summary>A share in a proposal or a ruling.</summary>
/// <param name="PartnerId">Who receives it.</param>
/// <param name="Role">In which role.</param>
/// <param name="Share">Per cent, with at most two decimals.</param>
/// <param name="Amount">The part of the deal's estimated value; null in a ruling that is being given.</param>
/// <param name="Arithmetic">How it was computed, in words; null in a ruling that is being given.</param>
public sealed record ProposedShare(PartnerId PartnerId, CreditRole Role, decimal Share, Money? Amount = null, string? Arithmetic = null);
