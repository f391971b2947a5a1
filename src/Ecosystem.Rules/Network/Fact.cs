using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Network;

/// <summary>
/// A fact of the working memory. Its entries in the network form a list sorted by <see cref="AlphaInput.Order"/>; because facts travel the
/// network in that order, the place of an entry is found by moving a cursor forward.
/// </summary>
internal sealed class Fact : FactBase
{
    public FactLink? First;
    public int Hash;
    public int Next;
    public int Index;
    public IFactSource? LinkedSource;
    private FactLink? _cursor;

    public override IFactSource? Source => LinkedSource;

    public void ResetCursor() => _cursor = null;

    /// <summary>Finds the fact's entry at an input. Inputs must be asked for in ascending order after <see cref="ResetCursor"/>.</summary>
    public FactLink? Find(int order)
    {
        var next = _cursor is null ? First : _cursor.NextInFact;
        while (next is not null && next.Input.Order < order)
        {
            _cursor = next;
            next = next.NextInFact;
        }

        return next is not null && next.Input.Order == order ? next : null;
    }

    /// <summary>Tells whether the fact has an entry at an input up to a given order, without moving past it.</summary>
    public bool HasEntryUpTo(int from, int to)
    {
        Find(from);
        var next = _cursor is null ? First : _cursor.NextInFact;
        return next is not null && next.Input.Order <= to;
    }

    /// <summary>Adds an entry where <see cref="Find"/> did not find one.</summary>
    public void Add(FactLink link)
    {
        if (_cursor is null)
        {
            link.NextInFact = First;
            First = link;
        }
        else
        {
            link.NextInFact = _cursor.NextInFact;
            _cursor.NextInFact = link;
        }

        _cursor = link;
    }

    /// <summary>Removes the entry that <see cref="Find"/> just found.</summary>
    public void RemoveFound()
    {
        if (_cursor is null)
        {
            First = First!.NextInFact;
        }
        else
        {
            _cursor.NextInFact = _cursor.NextInFact!.NextInFact;
        }
    }
}
