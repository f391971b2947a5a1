using System.Globalization;

namespace Ecosystem.Benchmarks;

/// <summary>One measured figure.</summary>
/// <param name="Suite">The suite that measured it.</param>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The figure, in <paramref name="Unit"/>.</param>
/// <param name="Unit">Unit of the figure, such as <c>ms</c>, <c>1/s</c>, <c>MB</c>.</param>
/// <param name="Peer">What the figure is compared with in the same run, or null.</param>
/// <param name="Ratio">The figure divided by the peer's, or null.</param>
internal sealed record BenchmarkRow(string Suite, string Name, double Value, string Unit, string? Peer = null, double? Ratio = null)
{
    public override string ToString()
    {
        var ratio = Ratio is { } r ? string.Create(CultureInfo.InvariantCulture, $"  {r,8:0.###} x {Peer}") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{Suite,-12} {Name,-64} {Value,14:#,0.###} {Unit,-10}{ratio}");
    }
}
