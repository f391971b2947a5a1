namespace Ecosystem.Workflows.Attribution.Models;

/// <summary>An edge of a Markov chain.</summary>
/// <param name="From">The channels the state stands for; empty for the start.</param>
/// <param name="To">The channels of the next state; empty for an end.</param>
/// <param name="End">For an edge to an end: true when it is the conversion, false when it is not; null for an edge to a state.</param>
/// <param name="Probability">How likely the edge is, from its state.</param>
public sealed record MarkovTransition(IReadOnlyList<string> From, IReadOnlyList<string> To, bool? End, Fraction Probability);
