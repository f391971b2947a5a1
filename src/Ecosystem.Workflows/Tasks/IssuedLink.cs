namespace Ecosystem.Workflows.Tasks;

/// <summary>A link that was made.</summary>
/// <param name="Path">Path and query of its address on the site. A secret: whoever has it can answer.</param>
/// <param name="ExpiresAt">From when it is worth nothing.</param>
public sealed record IssuedLink(string Path, DateTimeOffset ExpiresAt);
