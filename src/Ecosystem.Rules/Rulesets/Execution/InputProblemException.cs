namespace Ecosystem.Rules.Rulesets;

/// <summary>One value does not fit its declaration; becomes a <see cref="RulesetDiagnostic"/> at the edge.</summary>
internal sealed class InputProblemException(string code, string path, string message, string? fix = null) : Exception(message)
{
    public string Code { get; } = code;

    public string Path { get; } = path;

    public string? Fix { get; } = fix;
}
