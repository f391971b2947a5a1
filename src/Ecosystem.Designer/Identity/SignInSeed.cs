using Ecosystem.Workflows.Storage;
using Microsoft.AspNetCore.Identity;

namespace Ecosystem.Designer.Identity;

/// <summary>Brings the host's database to the present schema, makes the roles, and in demo mode the demo people.</summary>
internal sealed class SignInSeed(HostDbContext db, RoleManager<IdentityRole> roles, UserManager<EcosystemUser> users)
{
    /// <summary>Does it; running it again changes nothing.</summary>
    public async Task RunAsync(bool demo, CancellationToken ct)
    {
        await SchemaMigration.ApplyAsync(db, ct);
        foreach (var role in Roles.All)
        {
            if (!await roles.RoleExistsAsync(role))
            {
                Check(await roles.CreateAsync(new IdentityRole(role)));
            }
        }

        if (!demo)
        {
            return;
        }

        foreach (var person in DemoSignIn.All)
        {
            await EnsureAsync(person.Email, person.DisplayName, person.RoleNames, partnerId: null);
        }
    }

    /// <summary>Makes a person when there is none of this address.</summary>
    public async Task<EcosystemUser> EnsureAsync(string email, string displayName, IReadOnlyList<string> roleNames, string? partnerId)
    {
        if (await users.FindByNameAsync(email) is { } existing)
        {
            return existing;
        }

        var user = new EcosystemUser { UserName = email, Email = email, EmailConfirmed = true, DisplayName = displayName, PartnerId = partnerId };
        Check(await users.CreateAsync(user, DemoSignIn.Password));
        Check(await users.AddToRolesAsync(user, roleNames));
        return user;
    }

    private static void Check(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new InvalidOperationException(string.Join(' ', result.Errors.Select(error => error.Description)));
        }
    }
}
