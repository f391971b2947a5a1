namespace Ecosystem.Rules.Network;

/// <summary>Entry of a fact at an input of the network.</summary>
internal abstract class FactLink
{
    public FactBase? Fact;
    public FactLink? NextInFact;
    public AlphaInput Input = null!;
}
