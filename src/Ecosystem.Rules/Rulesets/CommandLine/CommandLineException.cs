namespace Ecosystem.Rules.Rulesets;

/// <summary>The words of a command do not fit.</summary>
internal sealed class CommandLineException(string message) : Exception(message);
