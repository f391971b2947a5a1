using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Testing;

/// <summary>Records what fires.</summary>
public interface IRuleInvocationRecorder
{
    /// <summary>Lists the recorded firings.</summary>
    /// <returns>Matches, in the order in which they fired.</returns>
    IReadOnlyList<IMatch> GetInvocations();

    /// <summary>Forgets what was recorded.</summary>
    void Clear();

    /// <summary>Stops recording.</summary>
    void Pause();

    /// <summary>Goes on recording.</summary>
    void Resume();
}
