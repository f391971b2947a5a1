namespace Ecosystem.Workflows.Definitions;

/// <summary>An activity of a definition that starts processes.</summary>
/// <param name="Kind">What starts them.</param>
/// <param name="ActivityId">The activity.</param>
/// <param name="ActivityType">Its type.</param>
/// <param name="Name">The event, the cron expression, the interval, the time, or the path.</param>
/// <param name="Methods">For HTTP: the methods.</param>
/// <param name="Authorize">For HTTP: whether only known callers are let in.</param>
internal sealed record DefinitionTrigger(TriggerKind Kind, string ActivityId, string ActivityType, string Name, IReadOnlyList<string> Methods, bool Authorize = false);
