namespace Ecosystem.Workflows.Definitions;

/// <summary>An activity cannot go on; it becomes an incident on the step.</summary>
public sealed class EngineFault : Exception
{
    internal EngineFault(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
