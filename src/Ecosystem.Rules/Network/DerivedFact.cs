namespace Ecosystem.Rules.Network;

/// <summary>A value that a binding calculated.</summary>
internal sealed class DerivedFact : FactBase
{
    public DerivedFact(object? value)
    {
        Value = value;
    }
}
