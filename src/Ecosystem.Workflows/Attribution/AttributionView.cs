namespace Ecosystem.Workflows.Attribution;

/// <summary>The credit for a deal by one model.</summary>
/// <param name="DealId">The deal.</param>
/// <param name="Model">The model.</param>
/// <param name="Amount">What is divided: what the deal was won for, else its estimated value.</param>
/// <param name="Shares">The shares, largest first; empty when no touch counts. An actor of a partner sees its own only.</param>
/// <param name="DecisionId">For what the ruleset says: the stored decision, once the deal is won.</param>
/// <param name="Basis">What the shares rest on, in words.</param>
public sealed record AttributionView(DealId DealId, AttributionModel Model, Money Amount, IReadOnlyList<AttributionShare> Shares, DecisionId? DecisionId, string Basis);
