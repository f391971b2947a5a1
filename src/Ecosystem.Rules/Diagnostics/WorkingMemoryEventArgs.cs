using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Diagnostics;

/// <summary>Something happened to a fact.</summary>
public class WorkingMemoryEventArgs : EventArgs
{
    /// <summary>Creates the arguments.</summary>
    /// <param name="fact">The fact.</param>
    public WorkingMemoryEventArgs(IFact fact)
    {
        Fact = fact;
    }

    /// <summary>The fact.</summary>
    public IFact Fact { get; }
}
