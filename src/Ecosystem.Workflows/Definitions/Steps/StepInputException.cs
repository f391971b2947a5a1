namespace Ecosystem.Workflows.Definitions;

/// <summary>A step's inputs do not fit; trying again cannot help, so the step becomes an incident at once.</summary>
/// <param name="message">Which input, what is wrong and what would be right.</param>
/// <param name="inner">The cause.</param>
public sealed class StepInputException(string message, Exception? inner = null) : Exception(message, inner);
