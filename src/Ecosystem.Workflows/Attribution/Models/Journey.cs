namespace Ecosystem.Workflows.Attribution.Models;

/// <summary>A path that many may have gone: its channels in order, how many converted and how many did not.</summary>
/// <param name="Channels">The channels, first touch first; at least one.</param>
/// <param name="Conversions">How many converted; zero or more.</param>
/// <param name="Others">How many did not; zero or more.</param>
public sealed record Journey(IReadOnlyList<string> Channels, decimal Conversions, decimal Others = 0m);
