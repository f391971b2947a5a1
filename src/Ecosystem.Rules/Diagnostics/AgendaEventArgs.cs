using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Diagnostics;

/// <summary>Something happened to a match.</summary>
public class AgendaEventArgs : EventArgs
{
    /// <summary>Creates the arguments.</summary>
    /// <param name="match">The match.</param>
    public AgendaEventArgs(IMatch match)
    {
        Match = match;
    }

    /// <summary>The match.</summary>
    public IMatch Match { get; }

    /// <summary>Rule of the match.</summary>
    public IRuleDefinition Rule => Match.Rule;

    /// <summary>Facts of the match.</summary>
    public IEnumerable<IFactMatch> Facts => Match.Facts;
}
