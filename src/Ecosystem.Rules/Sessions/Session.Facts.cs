using Ecosystem.Rules.Network;

namespace Ecosystem.Rules;

internal sealed partial class Session
{
    public void Insert(object fact)
    {
        if (!TryInsert(fact))
        {
            throw new ArgumentException($"Facts for insert already exist. Fact={fact}", nameof(fact));
        }
    }

    public bool TryInsert(object fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        var added = _workingMemory.TryAdd(fact);
        if (added is null)
        {
            return false;
        }

        PropagateAssert([added]);
        PropagateLinkedNow();
        return true;
    }

    public void InsertAll(IEnumerable<object> facts) =>
        ThrowIfFailed(TryInsertAll(facts), "Facts for insert already exist", nameof(facts));

    public IFactResult TryInsertAll(IEnumerable<object> facts) => TryInsertAll(facts, BatchOptions.AllOrNothing);

    public IFactResult TryInsertAll(IEnumerable<object> facts, BatchOptions options)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var added = Facts.Rent();
        List<object>? failed = null;
        if (facts.TryGetNonEnumeratedCount(out var count))
        {
            _workingMemory.EnsureCapacity(count);
            added.EnsureCapacity(count);
        }

        foreach (var value in facts)
        {
            if (value is null)
            {
                Undo(added);
                throw new ArgumentNullException(nameof(facts), "A fact must not be null");
            }

            if (_workingMemory.TryAdd(value) is { } fact)
            {
                added.Add(fact);
            }
            else
            {
                (failed ??= []).Add(value);
            }
        }

        if (failed is not null && options != BatchOptions.SkipFailed)
        {
            Undo(added);
            Facts.Return(added);
            return new FactResult(failed);
        }

        PropagateAssert(added.Span);
        Facts.Return(added);
        PropagateLinkedNow();
        return failed is null ? FactResult.Success : new FactResult(failed);
    }

    public void Update(object fact)
    {
        if (!TryUpdate(fact))
        {
            throw new ArgumentException($"Facts for update do not exist. Fact={fact}", nameof(fact));
        }
    }

    public bool TryUpdate(object fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        if (_workingMemory.Find(fact) is not { LinkedSource: null } known)
        {
            return false;
        }

        known.Value = fact;
        PropagateUpdate([known]);
        PropagateLinkedNow();
        return true;
    }

    public void UpdateAll(IEnumerable<object> facts) =>
        ThrowIfFailed(TryUpdateAll(facts), "Facts for update do not exist", nameof(facts));

    public IFactResult TryUpdateAll(IEnumerable<object> facts) => TryUpdateAll(facts, BatchOptions.AllOrNothing);

    public IFactResult TryUpdateAll(IEnumerable<object> facts, BatchOptions options)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var values = new List<object>();
        var known = FindAll(facts, values, out var failed);
        if (failed is null || options == BatchOptions.SkipFailed)
        {
            for (var i = 0; i < known.Count; i++)
            {
                known[i].Value = values[i];
            }

            PropagateUpdate(known.Span);
            PropagateLinkedNow();
        }

        Facts.Return(known);
        return failed is null ? FactResult.Success : new FactResult(failed);
    }

    public void Retract(object fact)
    {
        if (!TryRetract(fact))
        {
            throw new ArgumentException($"Facts for retract do not exist. Fact={fact}", nameof(fact));
        }
    }

    public bool TryRetract(object fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        if (_workingMemory.Find(fact) is not { LinkedSource: null } known)
        {
            return false;
        }

        PropagateRetract([known]);
        _workingMemory.Remove(known);
        PropagateLinkedNow();
        return true;
    }

    public void RetractAll(IEnumerable<object> facts) =>
        ThrowIfFailed(TryRetractAll(facts), "Facts for retract do not exist", nameof(facts));

    public IFactResult TryRetractAll(IEnumerable<object> facts) => TryRetractAll(facts, BatchOptions.AllOrNothing);

    public IFactResult TryRetractAll(IEnumerable<object> facts, BatchOptions options)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var known = FindAll(facts, null, out var failed);
        if (failed is null || options == BatchOptions.SkipFailed)
        {
            PropagateRetract(known.Span);
            foreach (var fact in known.Span)
            {
                _workingMemory.Remove(fact);
            }

            PropagateLinkedNow();
        }

        Facts.Return(known);
        return failed is null ? FactResult.Success : new FactResult(failed);
    }

    private static void ThrowIfFailed(IFactResult result, string message, string parameter)
    {
        if (result.Failed.Count > 0)
        {
            throw new ArgumentException($"{message}. Facts={string.Join(", ", result.Failed)}", parameter);
        }
    }

    private void Undo(Buffer<Fact> added)
    {
        foreach (var fact in added.Span)
        {
            _workingMemory.Remove(fact);
        }
    }

    private Buffer<Fact> FindAll(IEnumerable<object> facts, List<object>? values, out List<object>? failed)
    {
        var known = Facts.Rent();
        failed = null;
        foreach (var value in facts)
        {
            if (value is not null && _workingMemory.Find(value) is { LinkedSource: null } fact)
            {
                known.Add(fact);
                values?.Add(value);
            }
            else
            {
                (failed ??= []).Add(value!);
            }
        }

        return known;
    }

    private void PropagateAssert(ReadOnlySpan<Fact> facts)
    {
        _silentChanges?.Remember(facts);
        if (!EventAggregator.TracesFacts)
        {
            Propagation.Assert(this, facts);
            return;
        }

        foreach (var fact in facts)
        {
            EventAggregator.RaiseFactInserting(this, fact);
        }

        Propagation.Assert(this, facts);
        foreach (var fact in facts)
        {
            EventAggregator.RaiseFactInserted(this, fact);
        }
    }

    private void PropagateUpdate(ReadOnlySpan<Fact> facts)
    {
        _silentChanges?.Remember(facts);
        if (!EventAggregator.TracesFacts)
        {
            Propagation.Update(this, facts);
            return;
        }

        foreach (var fact in facts)
        {
            EventAggregator.RaiseFactUpdating(this, fact);
        }

        Propagation.Update(this, facts);
        foreach (var fact in facts)
        {
            EventAggregator.RaiseFactUpdated(this, fact);
        }
    }

    private void PropagateRetract(ReadOnlySpan<Fact> facts)
    {
        _silentChanges?.Forget(facts);
        if (!EventAggregator.TracesFacts)
        {
            Propagation.Retract(this, facts);
            return;
        }

        foreach (var fact in facts)
        {
            EventAggregator.RaiseFactRetracting(this, fact);
        }

        Propagation.Retract(this, facts);
        foreach (var fact in facts)
        {
            EventAggregator.RaiseFactRetracted(this, fact);
        }
    }
}
