using System.Xml.Linq;

namespace Ecosystem.Rules.Dmn;

/// <summary>One drawing of a model.</summary>
/// <param name="Id">Id of the element.</param>
/// <param name="Name">Name.</param>
/// <param name="Width">Width in points; null when not told.</param>
/// <param name="Height">Height in points; null when not told.</param>
/// <param name="Shapes">Where elements are drawn.</param>
/// <param name="Edges">How arrows run.</param>
public sealed record DmnDiagram(string? Id, string? Name, double? Width, double? Height, IReadOnlyList<DmnShape> Shapes, IReadOnlyList<DmnEdge> Edges)
{
    /// <summary>Attributes and elements beyond these, kept as they are.</summary>
    public IReadOnlyList<XObject> Extras { get; init; } = [];
}

/// <summary>Where an element is drawn.</summary>
/// <param name="Id">Id of the element.</param>
/// <param name="ElementRef">Id of what is drawn; prefix:id for an imported element.</param>
/// <param name="Bounds">Place and size in points.</param>
/// <param name="IsCollapsed">Whether a decision service hides its decisions.</param>
/// <param name="Divider">Line that parts a decision service's outputs from the rest.</param>
public sealed record DmnShape(string? Id, string ElementRef, DmnBounds Bounds, bool IsCollapsed = false, IReadOnlyList<DmnPoint>? Divider = null)
{
    /// <summary>Attributes and elements beyond these, such as labels, colours and fonts, kept as they are.</summary>
    public IReadOnlyList<XObject> Extras { get; init; } = [];

    /// <summary>Attributes and elements of the divider beyond its points, kept as they are.</summary>
    public IReadOnlyList<XObject> DividerExtras { get; init; } = [];
}

/// <summary>How an arrow runs.</summary>
/// <param name="Id">Id of the element.</param>
/// <param name="ElementRef">Id of the requirement that is drawn.</param>
/// <param name="Points">Points it runs through, from the required element.</param>
public sealed record DmnEdge(string? Id, string ElementRef, IReadOnlyList<DmnPoint> Points)
{
    /// <summary>Attributes and elements beyond these, such as labels, colours and fonts, kept as they are.</summary>
    public IReadOnlyList<XObject> Extras { get; init; } = [];
}

/// <summary>Place and size in points, from the top left.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">Width.</param>
/// <param name="Height">Height.</param>
public sealed record DmnBounds(double X, double Y, double Width, double Height);

/// <summary>A point, from the top left.</summary>
/// <param name="X">To the right.</param>
/// <param name="Y">Down.</param>
public sealed record DmnPoint(double X, double Y);
