using System.Text.Json.Nodes;

namespace Ecosystem.Workflows.Definitions;

/// <summary>An event that is published to whoever waits for it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Payload">What belongs to it.</param>
internal sealed record PublishedEvent(string Name, JsonNode? Payload)
{
    /// <summary>Only for processes correlated by one of these ids; null for all.</summary>
    public IReadOnlyList<string>? CorrelationIds { get; init; }

    /// <summary>Only for one case; null for all, and for the definitions the event triggers.</summary>
    public CaseId? OnlyCase { get; init; }

    /// <summary>Makes a repeat known: the same key counts once; null for an event that comes once only.</summary>
    public string? Key { get; init; }

    /// <summary>What the cases it starts are about; null when it is about nothing in particular.</summary>
    public Subject? Subject { get; init; }

    /// <summary>The partner the cases it starts belong to.</summary>
    public PartnerId? Partner { get; init; }
}
