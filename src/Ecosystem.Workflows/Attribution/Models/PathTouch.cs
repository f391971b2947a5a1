namespace Ecosystem.Workflows.Attribution.Models;

/// <summary>One touch on the way to a close.</summary>
/// <param name="Channel">Who made it: a partner's id, or a channel.</param>
/// <param name="DaysBefore">How many days before the close it happened; zero or more.</param>
/// <param name="Confidence">How well it is proven, 0 to 1; multiplies its weight.</param>
public readonly record struct PathTouch(string Channel, decimal DaysBefore = 0m, decimal Confidence = 1m);
