using Ecosystem.Workflows.Storage;
using Microsoft.AspNetCore.Identity;

namespace Ecosystem.Designer.Identity;

/// <summary>Brings the host's database to the present schema, makes the roles, and in demo mode the demo people.</summary>
internal sealed class SignInSeed(HostDbContext db, RoleManager<IdentityRole> roles, UserManager<EcosystemUser> users)
{
    /// <summary>Does it; running it again changes nothing.</summary>
    public async Task RunAsync(bool demo, CancellationToken ct)
    {
        await SchemaMigration.ApplyAsync(db, () => SeedAsync(demo), ct);
    }

    private async Task SeedAsync(bool demo)
    {
        foreach (var role in Roles.All)
        {
            if (!await roles.RoleExistsAsync(role))
            {
                Check(await roles.CreateAsync(new IdentityRole(role)));
            }
        }

        foreach (var person in demo ? DemoSignIn.All : [])
        {
            if (await users.FindByNameAsync(person.Email) is null)
            {
                var user = new EcosystemUser { UserName = person.Email, Email = person.Email, EmailConfirmed = true, DisplayName = person.DisplayName };
                Check(await users.CreateAsync(user, DemoSignIn.Password));
                Check(await users.AddToRolesAsync(user, person.RoleNames));
            }
        }
    }

    private static void Check(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new InvalidOperationException(string.Join(' ', result.Errors.Select(error => error.Description)));
        }
    }
}
