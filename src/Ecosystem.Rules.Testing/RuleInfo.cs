using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Testing;

/// <summary>A rule under test.</summary>
/// <param name="Type">Rule class; <see langword="null"/> for a rule given as a definition.</param>
/// <param name="Instance">Instance of the class; <see langword="null"/> for a rule given as a definition.</param>
/// <param name="Definition">The rule.</param>
public readonly record struct RuleInfo(Type? Type, object? Instance, IRuleDefinition Definition);
