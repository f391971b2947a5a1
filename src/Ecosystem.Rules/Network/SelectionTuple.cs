namespace Ecosystem.Rules.Network;

/// <summary>A tuple at a selection, with the copy of it that passed, if it did.</summary>
internal sealed class SelectionTuple : Tuple
{
    public Tuple? Passed;
}
