namespace Ecosystem.Workflows.Definitions;

/// <summary>The output record of a step that has no outputs.</summary>
internal sealed record NoOutput
{
    /// <summary>The one value.</summary>
    internal static readonly NoOutput Value = new();
}
