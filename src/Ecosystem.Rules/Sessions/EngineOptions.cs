namespace Ecosystem.Rules;

/// <summary>Options of <see cref="RuleCompiler"/> that sessions need.</summary>
internal sealed record EngineOptions(int FiringLimit, bool DetectSilentChanges, bool MeasureNodeTimes);
