using System.Reflection;
using Ecosystem.Rules.Fluent.Dsl;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Fluent;

/// <summary>Reads the attributes of a rule class.</summary>
/// <param name="ruleType">Type of the rule class.</param>
public class RuleMetadata(Type ruleType) : IRuleMetadata
{
    /// <inheritdoc/>
    public Type RuleType { get; } = ruleType;

    /// <inheritdoc/>
    public string Name { get; } = ruleType.GetCustomAttribute<NameAttribute>()?.Name ?? ruleType.FullName ?? ruleType.Name;

    /// <inheritdoc/>
    public string Description { get; } = ruleType.GetCustomAttribute<DescriptionAttribute>()?.Description ?? string.Empty;

    /// <inheritdoc/>
    public string[] Tags { get; } = [.. ruleType.GetCustomAttributes<TagAttribute>().Select(t => t.Tag)];

    /// <inheritdoc/>
    public int? Priority { get; } = ruleType.GetCustomAttribute<PriorityAttribute>()?.Priority;

    /// <inheritdoc/>
    public RuleRepeatability? Repeatability { get; } = ruleType.GetCustomAttribute<RepeatabilityAttribute>()?.Repeatability;
}
