namespace Ecosystem.Rules.Diagnostics;

/// <summary>An error that a handler can take care of.</summary>
public interface IRecoverableError
{
    /// <summary>What the expression threw.</summary>
    Exception Exception { get; }

    /// <summary>Set it to go on: a condition counts as false, an action as done. Otherwise an exception is thrown to the caller.</summary>
    bool IsHandled { get; set; }
}
