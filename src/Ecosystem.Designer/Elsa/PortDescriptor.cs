namespace Ecosystem.Designer.Elsa;

/// <summary>An outgoing port of an activity type.</summary>
/// <param name="Name">The outcome, or the property that holds an inner activity.</param>
/// <param name="DisplayName">What the canvas shows.</param>
/// <param name="Type"><c>Flow</c> or <c>Embedded</c>.</param>
/// <param name="IsBrowsable">Whether the canvas shows it.</param>
internal sealed record PortDescriptor(string Name, string DisplayName, string Type = "Flow", bool IsBrowsable = true);
