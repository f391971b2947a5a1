namespace Ecosystem.Temporal.Schedules.Specs;

/// <summary>A schedule specification that cannot be followed; the message is what the caller of the API reads (INVALID_ARGUMENT).</summary>
internal sealed class ScheduleSpecException(string message) : Exception(message);
