namespace Ecosystem.Rules.Network;

/// <summary>Where the builder stands in a chain of nodes.</summary>
internal sealed class BuildContext(TupleOutput source, TupleLayout layout, IEnumerable<Type> factTypes)
{
    /// <summary>Types of the facts that are in partial matches here.</summary>
    public List<Type> FactTypes { get; } = [.. factTypes];

    public TupleOutput Source { get; set; } = source;

    public TupleLayout Layout { get; set; } = layout;

    /// <summary>Whether there is nothing before, so that the next pattern's facts are the first partial matches.</summary>
    public bool IsAtStart => Layout.Depth == 0;
}
