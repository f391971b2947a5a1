using System.Text.Json.Nodes;

namespace Ecosystem.Workflows.Definitions;

/// <summary>An event that is published to whoever waits for it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Payload">What belongs to it.</param>
/// <param name="CorrelationId">Only for processes correlated by this id; null for all.</param>
/// <param name="OnlyCase">Only for one case; null for all, and for the definitions the event triggers.</param>
/// <param name="Key">Makes a repeat known: the same key counts once; null for an event that comes once only.</param>
internal sealed record PublishedEvent(string Name, JsonNode? Payload, string? CorrelationId = null, CaseId? OnlyCase = null, string? Key = null);
