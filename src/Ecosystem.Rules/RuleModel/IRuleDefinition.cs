namespace Ecosystem.Rules.RuleModel;

/// <summary>A production rule in the engine's canonical form, whatever it was written in.</summary>
public interface IRuleDefinition
{
    /// <summary>Name of the rule.</summary>
    string Name { get; }

    /// <summary>Description of the rule; empty if none was given.</summary>
    string Description { get; }

    /// <summary>Priority: rules with higher values fire first. 0 is the default.</summary>
    int Priority { get; }

    /// <summary>Whether the rule fires again for a match whose facts are updated.</summary>
    RuleRepeatability Repeatability { get; }

    /// <summary>Tags, in the order they were given, without repetition.</summary>
    IReadOnlyList<string> Tags { get; }

    /// <summary>Additional properties.</summary>
    PropertyMap Properties { get; }

    /// <summary>Services the actions need.</summary>
    DependencyGroupElement DependencyGroup { get; }

    /// <summary>Conditions.</summary>
    GroupElement LeftHandSide { get; }

    /// <summary>Agenda filters.</summary>
    FilterGroupElement FilterGroup { get; }

    /// <summary>Actions.</summary>
    ActionGroupElement RightHandSide { get; }

    /// <summary>Expression that computes the priority of a match, or null for the fixed <see cref="Priority"/>.</summary>
    PriorityElement? PriorityExpression => null;
}
