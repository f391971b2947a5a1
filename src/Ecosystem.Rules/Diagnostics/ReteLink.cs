namespace Ecosystem.Rules.Diagnostics;

/// <summary>A link of the network.</summary>
public class ReteLink
{
    internal ReteLink(ReteNode source, ReteNode target)
    {
        Source = source;
        Target = target;
    }

    /// <summary>Node it comes from.</summary>
    public ReteNode Source { get; }

    /// <summary>Node it goes to.</summary>
    public ReteNode Target { get; }
}
