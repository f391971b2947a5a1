using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Fluent;

/// <summary>What a rule class says about itself in attributes.</summary>
public interface IRuleMetadata
{
    /// <summary>Type of the rule class.</summary>
    Type RuleType { get; }

    /// <summary>Name of the rule.</summary>
    string Name { get; }

    /// <summary>Description of the rule; empty if there is none.</summary>
    string Description { get; }

    /// <summary>Tags of the rule and its base classes.</summary>
    string[] Tags { get; }

    /// <summary>Priority, if the class sets it.</summary>
    int? Priority { get; }

    /// <summary>Repeatability, if the class sets it.</summary>
    RuleRepeatability? Repeatability { get; }
}
