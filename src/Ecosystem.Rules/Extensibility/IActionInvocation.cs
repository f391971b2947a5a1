using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Extensibility;

/// <summary>An action that is about to run.</summary>
public interface IActionInvocation
{
    /// <summary>Arguments of the action, services included, without the context. The action runs with what the array holds when it is invoked.</summary>
    object?[] Arguments { get; }

    /// <summary>Changes of a match on which the action runs.</summary>
    ActionTrigger Trigger { get; }

    /// <summary>Runs the action.</summary>
    void Invoke();
}
