using System.Diagnostics;

namespace Ecosystem.Rules.Network;

/// <summary>Measures the time spent in each node of a session without the nodes after it.</summary>
internal sealed class NodeTimer
{
    private readonly Dictionary<(int Node, MetricKind Kind), long> _ticks = [];
    private readonly Stack<(int Node, MetricKind Kind)> _stack = new();
    private long _last;

    public void Enter(NodeInfo node, MetricKind kind)
    {
        Charge();
        _stack.Push((node.Id, kind));
    }

    public void Exit()
    {
        Charge();
        _stack.Pop();
    }

    public TimeSpan Elapsed(int nodeId, MetricKind kind) =>
        Stopwatch.GetElapsedTime(0, _ticks.GetValueOrDefault((nodeId, kind)));

    public void Reset() => _ticks.Clear();

    private void Charge()
    {
        var now = Stopwatch.GetTimestamp();
        if (_stack.TryPeek(out var current))
        {
            _ticks[current] = _ticks.GetValueOrDefault(current) + now - _last;
        }

        _last = now;
    }
}
