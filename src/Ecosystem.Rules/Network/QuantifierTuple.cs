namespace Ecosystem.Rules.Network;

/// <summary>A tuple at the left side of a quantifier: it keeps one matching fact (its blocker), or none if nothing matches.</summary>
internal sealed class QuantifierTuple : LeftTuple
{
    public RightEntry? Blocker;
    public QuantifierTuple? PreviousBlocked;
    public QuantifierTuple? NextBlocked;

    public void Block(RightEntry blocker)
    {
        Blocker = blocker;
        PreviousBlocked = null;
        NextBlocked = blocker.FirstBlocked;
        if (NextBlocked is not null)
        {
            NextBlocked.PreviousBlocked = this;
        }

        blocker.FirstBlocked = this;
    }

    public void Unblock()
    {
        if (Blocker is null)
        {
            return;
        }

        if (PreviousBlocked is null)
        {
            Blocker.FirstBlocked = NextBlocked;
        }
        else
        {
            PreviousBlocked.NextBlocked = NextBlocked;
        }

        if (NextBlocked is not null)
        {
            NextBlocked.PreviousBlocked = PreviousBlocked;
        }

        Blocker = null;
        PreviousBlocked = null;
        NextBlocked = null;
    }
}
