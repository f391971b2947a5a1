namespace Ecosystem.Rules.Network;

/// <summary>Tuples and facts of a join that have the same key, each in the order in which they came to the node.</summary>
internal class Bucket
{
    public LeftTuple? FirstLeft;
    public LeftTuple? LastLeft;
    public RightEntry? FirstRight;
    public RightEntry? LastRight;

    public bool IsEmpty => FirstLeft is null && FirstRight is null;

    public void Add(LeftTuple tuple)
    {
        tuple.Bucket = this;
        var before = LastLeft;
        while (before is not null && before.Sequence > tuple.Sequence)
        {
            before = before.PreviousInBucket;
        }

        tuple.PreviousInBucket = before;
        tuple.NextInBucket = before is null ? FirstLeft : before.NextInBucket;
        if (before is null)
        {
            FirstLeft = tuple;
        }
        else
        {
            before.NextInBucket = tuple;
        }

        if (tuple.NextInBucket is null)
        {
            LastLeft = tuple;
        }
        else
        {
            tuple.NextInBucket.PreviousInBucket = tuple;
        }
    }

    public void Remove(LeftTuple tuple)
    {
        if (tuple.PreviousInBucket is null)
        {
            FirstLeft = tuple.NextInBucket;
        }
        else
        {
            tuple.PreviousInBucket.NextInBucket = tuple.NextInBucket;
        }

        if (tuple.NextInBucket is null)
        {
            LastLeft = tuple.PreviousInBucket;
        }
        else
        {
            tuple.NextInBucket.PreviousInBucket = tuple.PreviousInBucket;
        }
    }

    public void Add(RightEntry entry)
    {
        entry.Bucket = this;
        var before = LastRight;
        while (before is not null && before.Sequence > entry.Sequence)
        {
            before = before.PreviousInBucket;
        }

        entry.PreviousInBucket = before;
        entry.NextInBucket = before is null ? FirstRight : before.NextInBucket;
        if (before is null)
        {
            FirstRight = entry;
        }
        else
        {
            before.NextInBucket = entry;
        }

        if (entry.NextInBucket is null)
        {
            LastRight = entry;
        }
        else
        {
            entry.NextInBucket.PreviousInBucket = entry;
        }
    }

    public void Remove(RightEntry entry)
    {
        if (entry.PreviousInBucket is null)
        {
            FirstRight = entry.NextInBucket;
        }
        else
        {
            entry.PreviousInBucket.NextInBucket = entry.NextInBucket;
        }

        if (entry.NextInBucket is null)
        {
            LastRight = entry.PreviousInBucket;
        }
        else
        {
            entry.NextInBucket.PreviousInBucket = entry.PreviousInBucket;
        }
    }
}
