using Ecosystem.Rules.Network;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules;

internal sealed partial class Session
{
    private Queue<LinkedFactSet>? _linked;
    private LinkedFactSet? _lastLinked;

    public IEnumerable<ILinkedFactSet> PropagateLinked()
    {
        var propagated = new List<ILinkedFactSet>();
        while (_linked is { Count: > 0 })
        {
            var set = _linked.Dequeue();
            Propagate(set);
            propagated.Add(set);
        }

        return propagated;
    }

    public void QueueInsertLinked(RuleMatch activation, KeyValuePair<object, object>[] keyedFacts)
    {
        foreach (var (key, value) in keyedFacts)
        {
            ArgumentNullException.ThrowIfNull(value, nameof(keyedFacts));
            if (activation.FindLinked(key) is not null)
            {
                throw new ArgumentException($"Linked fact already exists. Key={key}", nameof(keyedFacts));
            }
        }

        var added = new List<Fact>(keyedFacts.Length);
        foreach (var (key, value) in keyedFacts)
        {
            if (_workingMemory.TryAdd(value) is not { } fact)
            {
                added.ForEach(_workingMemory.Remove);
                throw new ArgumentException($"Fact for insert already exists. Key={key}, Fact={value}", nameof(keyedFacts));
            }

            fact.LinkedSource = new LinkedFactSource(activation);
            added.Add(fact);
        }

        for (var i = 0; i < added.Count; i++)
        {
            activation.AddLinked(keyedFacts[i].Key, added[i]);
        }

        Queue(LinkedFactAction.Insert, added);
    }

    public void QueueUpdateLinked(RuleMatch activation, KeyValuePair<object, object>[] keyedFacts)
    {
        var updated = new List<Fact>(keyedFacts.Length);
        foreach (var (key, value) in keyedFacts)
        {
            ArgumentNullException.ThrowIfNull(value, nameof(keyedFacts));
            updated.Add(activation.FindLinked(key)
                ?? throw new ArgumentException($"Linked fact does not exist. Key={key}", nameof(keyedFacts)));
        }

        for (var i = 0; i < updated.Count; i++)
        {
            var value = keyedFacts[i].Value;
            if (!ReferenceEquals(updated[i].Value, value) && !_workingMemory.TryReplace(updated[i], value))
            {
                throw new ArgumentException($"Fact for update already exists. Key={keyedFacts[i].Key}, Fact={value}", nameof(keyedFacts));
            }
        }

        Queue(LinkedFactAction.Update, updated);
    }

    public void QueueRetractLinked(RuleMatch activation, object[] keys)
    {
        var removed = new List<Fact>(keys.Length);
        foreach (var key in keys)
        {
            removed.Add(activation.FindLinked(key) ?? throw new ArgumentException($"Linked fact does not exist. Key={key}", nameof(keys)));
        }

        foreach (var key in keys)
        {
            activation.RemoveLinked(key);
        }

        Queue(LinkedFactAction.Retract, removed);
    }

    private void PropagateLinkedNow()
    {
        while (_linked is { Count: > 0 })
        {
            Propagate(_linked.Dequeue());
        }
    }

    private void Queue(LinkedFactAction action, List<Fact> facts)
    {
        _linked ??= new Queue<LinkedFactSet>();
        if (_linked.Count == 0 || _lastLinked!.Action != action)
        {
            _lastLinked = new LinkedFactSet(action);
            _linked.Enqueue(_lastLinked);
        }

        _lastLinked.Linked.AddRange(facts);
    }

    private void Propagate(LinkedFactSet set)
    {
        var facts = set.Linked.ToArray();
        switch (set.Action)
        {
            case LinkedFactAction.Insert:
                PropagateAssert(facts);
                break;
            case LinkedFactAction.Update:
                PropagateUpdate(facts);
                break;
            default:
                PropagateRetract(facts);
                foreach (var fact in facts)
                {
                    _workingMemory.Remove(fact);
                }

                break;
        }
    }

    private sealed class LinkedFactSet(LinkedFactAction action) : ILinkedFactSet
    {
        public LinkedFactAction Action { get; } = action;

        public List<Fact> Linked { get; } = [];

        public IEnumerable<IFact> Facts => Linked;

        public int FactCount => Linked.Count;
    }
}
