namespace Ecosystem.Workflows.Storage;

/// <summary>
/// A row of a history: added once, never changed and never removed. Such rows are most of what is written, so they do not go through the
/// change tracker: <see cref="EcosystemDbContext.Append"/> takes them, and a tracked one is refused when it is saved.
/// </summary>
public interface IAppendOnly;
