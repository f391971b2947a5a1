using System.Text.Json.Nodes;

namespace Ecosystem.Workflows.Definitions;

/// <summary>The argument of the signal <c>event</c>.</summary>
/// <param name="Id">The id of the event; a repeat is known by it.</param>
/// <param name="Name">The event's name, for example <c>deal.won</c>.</param>
/// <param name="Data">What belongs to it.</param>
internal sealed record CaseEvent(string Id, string Name, JsonNode? Data)
{
    internal const string Signal = "event";
}
