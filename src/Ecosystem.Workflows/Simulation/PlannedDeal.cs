using Ecosystem.Workflows.Deals;

namespace Ecosystem.Workflows.Simulation;

/// <summary>An opportunity of the export that is registered as a deal.</summary>
/// <param name="Id">Its id, made from the opportunity's.</param>
/// <param name="EngagedOn">The day of registration.</param>
/// <param name="Registration">What is registered.</param>
/// <param name="Close">How it is closed; null when the export leaves it open.</param>
public sealed record PlannedDeal(DealId Id, DateOnly EngagedOn, DealRegistration Registration, DealClose? Close);
