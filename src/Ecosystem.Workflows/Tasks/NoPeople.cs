namespace Ecosystem.Workflows.Tasks;

/// <summary>Stands in where the host knows no people: headless runs and tests.</summary>
internal sealed class NoPeople : IPeople
{
    public bool IsComplete => false;

    public Task<Person?> FindAsync(string id, CancellationToken cancellationToken = default) => Task.FromResult<Person?>(null);

    public Task<IReadOnlyList<Person>> InRoleAsync(string role, CancellationToken cancellationToken = default) => Task.FromResult<IReadOnlyList<Person>>([]);
}
