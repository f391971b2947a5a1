namespace Ecosystem.Workflows.Definitions;

/// <summary>Something a process asks of the world outside and waits for.</summary>
/// <param name="Id">Numbers the requests of a process.</param>
/// <param name="Instance">Who waits.</param>
/// <param name="Kind">What is asked.</param>
/// <param name="Name">What exactly: the event, the step type, the definition, the task.</param>
/// <param name="Data">The details.</param>
/// <param name="Due">For a timer: when. For an event: until when it is waited for.</param>
internal sealed record EngineRequest(long Id, ActivityInstance Instance, RequestKind Kind, string Name, Dictionary<string, object?> Data, DateTimeOffset? Due)
{
    internal string? Text(string name) => Data.TryGetValue(name, out var value) && value is not null ? Values.ToText(value) : null;

    internal bool Flag(string name) => Data.TryGetValue(name, out var value) && Values.ToBool(value);
}
