using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Extensibility;

/// <summary>An action that is about to run.</summary>
public interface IActionInvocation
{
    /// <summary>Facts the action is given, in the order of its parameters, without the context. Services are not resolved before the action runs; their places are null.</summary>
    IReadOnlyList<object?> Arguments { get; }

    /// <summary>Changes of a match on which the action runs.</summary>
    ActionTrigger Trigger { get; }

    /// <summary>Runs the action.</summary>
    void Invoke();
}
