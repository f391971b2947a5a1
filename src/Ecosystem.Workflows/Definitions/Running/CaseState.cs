namespace Ecosystem.Workflows.Definitions;

/// <summary>What the query <c>state</c> gives.</summary>
/// <param name="Status">How the process stands.</param>
/// <param name="Stage">The stage the definition last set.</param>
/// <param name="Waits">What it waits for.</param>
/// <param name="Bursts">How many transactions it took.</param>
public sealed record CaseState(string Status, string? Stage, IReadOnlyList<CaseWait> Waits, int Bursts);

/// <summary>Something a case waits for.</summary>
/// <param name="StepId">The activity.</param>
/// <param name="Kind">What kind of thing: <c>Task</c>, <c>Event</c>, <c>Timer</c>, …</param>
/// <param name="Name">What exactly.</param>
/// <param name="Due">Until when.</param>
public sealed record CaseWait(string StepId, string Kind, string Name, DateTimeOffset? Due);
