namespace Ecosystem.Workflows.Storage;

/// <summary>
/// An entity that belongs to one partner. Reads on behalf of an actor of a partner see only that partner's rows: one query filter,
/// put on every such entity by <see cref="EcosystemDbContext"/>, sees to it.
/// </summary>
public interface IPartnerOwned
{
    /// <summary>The partner it belongs to.</summary>
    PartnerId PartnerId { get; }
}
