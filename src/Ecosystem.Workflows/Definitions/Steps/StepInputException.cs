namespace Ecosystem.Workflows.Definitions;

/// <summary>A step's inputs do not fit; trying again cannot help, so the step becomes an incident at once.</summary>
internal sealed class StepInputException(string message, Exception? inner = null) : Exception(message, inner);
