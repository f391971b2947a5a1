namespace Ecosystem.Rules.Network;

/// <summary>A tuple that a node keeps at its left side, with the tuples made from it.</summary>
internal class LeftTuple : Tuple
{
    public Tuple? FirstChild;
    public Tuple? LastChild;
    public Bucket Bucket = null!;
    public LeftTuple? PreviousInBucket;
    public LeftTuple? NextInBucket;
    public Tuple? Mark;

    /// <summary>For a copy at the start of a nested network: the partial match it is a copy of.</summary>
    public SubnetTuple? Owner;
    public uint Sequence;

    /// <summary>The last update that gave the tuple another key; see <see cref="Session.UpdateNumber"/>.</summary>
    public uint MovedIn;

    /// <summary>The bucket it was in before that update.</summary>
    public Bucket? MovedFrom;

    public void AddChild(Tuple child)
    {
        child.Parent = this;
        child.PreviousSibling = LastChild;
        if (LastChild is null)
        {
            FirstChild = child;
        }
        else
        {
            LastChild.NextSibling = child;
        }

        LastChild = child;
    }

    /// <summary>Takes a tuple out of the lists of its parent and of its right entry.</summary>
    public static void Unlink(Tuple child)
    {
        if (child.Parent is { } parent)
        {
            if (child.PreviousSibling is null)
            {
                parent.FirstChild = child.NextSibling;
            }
            else
            {
                child.PreviousSibling.NextSibling = child.NextSibling;
            }

            if (child.NextSibling is null)
            {
                parent.LastChild = child.PreviousSibling;
            }
            else
            {
                child.NextSibling.PreviousSibling = child.PreviousSibling;
            }

            child.PreviousSibling = null;
            child.NextSibling = null;
        }

        if (child.Right is { } right)
        {
            if (child.PreviousOfRight is null)
            {
                right.FirstChild = child.NextOfRight;
            }
            else
            {
                child.PreviousOfRight.NextOfRight = child.NextOfRight;
            }

            if (child.NextOfRight is null)
            {
                right.LastChild = child.PreviousOfRight;
            }
            else
            {
                child.NextOfRight.PreviousOfRight = child.PreviousOfRight;
            }

            child.PreviousOfRight = null;
            child.NextOfRight = null;
            child.Right = null;
        }
    }
}
