namespace Ecosystem.Workflows.Storage;

/// <summary>An entity from which other rows follow, such as those an index is made of: they are brought in step whenever it is saved.</summary>
internal interface IKeepsRows
{
    /// <summary>Whether the rows depend on a property.</summary>
    bool Concerns(string property);

    /// <summary>Brings the rows in step, in the unit of work that saves the entity.</summary>
    Task KeepAsync(EcosystemDbContext db, bool isNew, CancellationToken cancellationToken);
}
