namespace Ecosystem.Workflows.Tasks;

/// <summary>What became of one of many tasks.</summary>
/// <param name="Id">The task.</param>
/// <param name="Ok">Whether it was done.</param>
/// <param name="Code">Why not: the reason's code.</param>
/// <param name="Message">Why not, in words.</param>
public sealed record BulkItem(string Id, bool Ok, string? Code = null, string? Message = null);
