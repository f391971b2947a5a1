namespace Ecosystem.Workflows.Simulation;

/// <summary>A simulated person.</summary>
/// <param name="Id">The id under which the person acts.</param>
/// <param name="Name">The name.</param>
/// <param name="Roles">The roles.</param>
/// <param name="Answered">How many tasks the person answered.</param>
public sealed record SummaryPerson(string Id, string Name, IReadOnlyList<string> Roles, int Answered);
