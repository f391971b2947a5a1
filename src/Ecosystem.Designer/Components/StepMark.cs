namespace Ecosystem.Designer.Components;

/// <summary>What is known of one step of a case.</summary>
/// <param name="State"><c>done</c>, <c>waiting</c>, <c>failed</c> or empty.</param>
/// <param name="Note">Who it waits for, or how it ended; read out with the step.</param>
/// <param name="Spent">How long it took, or has waited so far; null when no time to speak of.</param>
/// <param name="Order">When it last came to something, as its place in the case's history.</param>
public sealed record StepMark(string State, string? Note, TimeSpan? Spent = null, int Order = 0);
