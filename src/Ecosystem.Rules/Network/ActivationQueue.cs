namespace Ecosystem.Rules.Network;

/// <summary>
/// Matches in firing order. Taking a match off only marks it; the mark is looked at when its turn comes. A match that is put on again while its
/// old entry is still there fires in the old entry's turn, as it does in NRules.
/// </summary>
internal sealed class ActivationQueue
{
    private readonly List<(int Priority, Queue<RuleMatch> Queue)> _queues = [];

    public bool IsEmpty => Purge() is null;

    public void Enqueue(int priority, RuleMatch activation)
    {
        if (activation.IsEnqueued && activation.Priority == priority)
        {
            return;
        }

        activation.IsEnqueued = true;
        activation.Priority = priority;
        QueueOf(priority).Enqueue(activation);
    }

    public void Remove(RuleMatch activation) => activation.IsEnqueued = false;

    public RuleMatch Peek() => Purge()?.Peek() ?? throw new InvalidOperationException("Agenda is empty");

    public RuleMatch Dequeue()
    {
        var activation = (Purge() ?? throw new InvalidOperationException("Agenda is empty")).Dequeue();
        activation.IsEnqueued = false;
        return activation;
    }

    public void Clear()
    {
        foreach (var (_, queue) in _queues)
        {
            foreach (var activation in queue)
            {
                activation.IsEnqueued = false;
                activation.HasFired = false;
                activation.Trigger = RuleModel.MatchTrigger.None;
            }

            queue.Clear();
        }
    }

    /// <summary>Drops entries that are not to be fired and finds the queue of the next match.</summary>
    private Queue<RuleMatch>? Purge()
    {
        foreach (var (priority, queue) in _queues)
        {
            while (queue.TryPeek(out var activation))
            {
                if (activation.Priority == priority)
                {
                    if (activation.IsEnqueued && ((int)activation.Trigger & (int)activation.Node.Rule.Triggers) != 0)
                    {
                        return queue;
                    }

                    activation.IsEnqueued = false;
                }

                queue.Dequeue();
            }
        }

        return null;
    }

    private Queue<RuleMatch> QueueOf(int priority)
    {
        var index = 0;
        for (; index < _queues.Count && _queues[index].Priority >= priority; index++)
        {
            if (_queues[index].Priority == priority)
            {
                return _queues[index].Queue;
            }
        }

        var queue = new Queue<RuleMatch>();
        _queues.Insert(index, (priority, queue));
        return queue;
    }
}
