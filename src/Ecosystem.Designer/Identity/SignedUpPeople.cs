using Ecosystem.Workflows;
using Ecosystem.Workflows.Tasks;
using Microsoft.AspNetCore.Identity;

namespace Ecosystem.Designer.Identity;

/// <summary>The people who may sign in, for tasks and messages.</summary>
internal sealed class SignedUpPeople(IServiceScopeFactory scopes) : IPeople
{
    public bool IsComplete => true;

    public async Task<Person?> FindAsync(string id, CancellationToken cancellationToken = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<EcosystemUser>>();
        return await users.FindByIdAsync(id) is { } user ? Of(user, await users.GetRolesAsync(user)) : null;
    }

    public async Task<IReadOnlyList<Person>> InRoleAsync(string role, CancellationToken cancellationToken = default)
    {
        if (!Roles.All.Contains(role, StringComparer.Ordinal) || role == Roles.Partner)
        {
            return [];
        }

        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<EcosystemUser>>();
        var found = new List<Person>();
        foreach (var user in await users.GetUsersInRoleAsync(role))
        {
            found.Add(Of(user, await users.GetRolesAsync(user)));
        }

        return found;
    }

    private static Person Of(EcosystemUser user, IList<string> roles) =>
        new(user.Id, user.DisplayName, user.Email, [.. roles], user.PartnerId is { } partner ? new PartnerId(partner) : null);
}
