namespace Ecosystem.Workflows.Tasks;

/// <summary>Who there is: the vendor's people. The host implements it over its sign-ins.</summary>
public interface IPeople
{
    /// <summary>Whether everybody is known here, so that a person who is not found does not exist.</summary>
    bool IsComplete { get; }

    /// <summary>Finds a person.</summary>
    /// <param name="id">The id, as <see cref="Actor.Id"/> has it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The person, or null when there is none or the sign-in is closed.</returns>
    Task<Person?> FindAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Finds the people of a role.</summary>
    /// <param name="role">The role.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The people.</returns>
    Task<IReadOnlyList<Person>> InRoleAsync(string role, CancellationToken cancellationToken = default);
}
