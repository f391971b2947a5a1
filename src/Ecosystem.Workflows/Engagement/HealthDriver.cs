namespace Ecosystem.Workflows.Engagement;

/// <summary>One driver of a health score.</summary>
/// <param name="Name">Its name, for example <c>pipeline</c>.</param>
/// <param name="Weight">Its weight among the drivers; above zero.</param>
/// <param name="Floor">The value that earns nothing.</param>
/// <param name="Target">The value that earns everything; above or below the floor.</param>
/// <param name="Value">The value; null when there is no evidence, which is not the same as zero.</param>
public sealed record HealthDriver(string Name, decimal Weight, decimal Floor, decimal Target, decimal? Value);
