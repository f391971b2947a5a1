namespace Ecosystem.Workflows;

/// <summary>Which page of a list is wanted.</summary>
/// <param name="Cursor">The cursor of an earlier page, or null for the first.</param>
/// <param name="Limit">How many items at most, 1 to 200; other values are brought into that range.</param>
public sealed record PageRequest(string? Cursor = null, int Limit = 50)
{
    /// <summary>The limit within its range.</summary>
    public int Size => Math.Clamp(Limit, 1, 200);
}
