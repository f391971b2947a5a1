namespace Ecosystem.Workflows.Storage;

/// <summary>
/// An entity that two people can change at once. Its version goes up with every change; saving a change to a version that is no longer
/// the stored one fails instead of overwriting the other's work. Pages and the API show it as the ETag.
/// </summary>
public interface IVersioned
{
    /// <summary>1 for a new entity, then one more per change.</summary>
    long Version { get; set; }
}
