namespace Ecosystem.Workflows.Definitions;

/// <summary>A step of a burst failed; nothing of the burst is kept.</summary>
/// <param name="request">The request the step answers.</param>
/// <param name="before">How many steps of the burst had succeeded before it.</param>
/// <param name="attempts">How often the step may be tried.</param>
/// <param name="cause">Why it failed.</param>
public sealed class StepFailure(long request, int before, int attempts, Exception cause) : Exception(cause.Message, cause)
{
    internal long Request { get; } = request;

    internal int Before { get; } = before;

    internal int Attempts { get; } = cause is StepInputException ? 1 : attempts;
}
