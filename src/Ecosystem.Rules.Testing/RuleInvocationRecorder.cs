using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Testing;

internal sealed class RuleInvocationRecorder : IRuleInvocationRecorder
{
    private readonly List<IMatch> _invocations = [];
    private bool _isPaused;

    public RuleInvocationRecorder(ISession session)
    {
        session.Events.RuleFiredEvent += (_, e) =>
        {
            if (!_isPaused)
            {
                _invocations.Add(new RecordedMatch(e.Match));
            }
        };
    }

    public IReadOnlyList<IMatch> GetInvocations() => _invocations;

    public void Clear() => _invocations.Clear();

    public void Pause() => _isPaused = true;

    public void Resume() => _isPaused = false;

    /// <summary>The match as it was when it fired; the engine goes on changing its own.</summary>
    private sealed class RecordedMatch(IMatch match) : IMatch
    {
        public IRuleDefinition Rule { get; } = match.Rule;

        public IEnumerable<IFactMatch> Facts { get; } = [.. match.Facts];

        public MatchTrigger Trigger { get; } = match.Trigger;
    }
}
