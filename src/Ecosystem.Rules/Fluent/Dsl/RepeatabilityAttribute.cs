using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Fluent.Dsl;

/// <summary>Sets whether a rule fires again for a match whose facts are updated.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RepeatabilityAttribute(RuleRepeatability repeatability) : Attribute
{
    /// <summary>Repeatability of the rule.</summary>
    public RuleRepeatability Repeatability { get; } = repeatability;
}
