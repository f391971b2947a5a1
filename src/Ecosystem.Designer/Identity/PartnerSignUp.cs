using Ecosystem.Workflows;
using Microsoft.AspNetCore.Identity;

namespace Ecosystem.Designer.Identity;

/// <summary>Gives an applicant a sign-in that sees the application's company and nothing else.</summary>
internal sealed class PartnerSignUp(UserManager<EcosystemUser> users)
{
    /// <summary>What is wrong with the chosen address and password, by field.</summary>
    public async Task<IReadOnlyList<Refusal>> CheckAsync(string? email, string? password)
    {
        var refusals = new List<Refusal>();
        if (!string.IsNullOrWhiteSpace(email) && await users.FindByNameAsync(email) is not null)
        {
            refusals.Add(new Refusal("sign-up.email-taken", "There is a sign-in with this e-mail address already: sign in with it, or give another address.", "contact.email"));
        }

        var probe = new EcosystemUser { UserName = email, Email = email };
        foreach (var validator in users.PasswordValidators)
        {
            var result = await validator.ValidateAsync(users, probe, password ?? string.Empty);
            refusals.AddRange(result.Errors.Select(error => new Refusal("sign-up.password", error.Description, "password")));
        }

        return refusals;
    }

    /// <summary>Makes the sign-in.</summary>
    public async Task CreateAsync(string email, string name, string password, PartnerId partner)
    {
        var user = new EcosystemUser { UserName = email, Email = email, DisplayName = name, PartnerId = partner.Value };
        var created = await users.CreateAsync(user, password);
        if (!created.Succeeded)
        {
            throw new InvalidOperationException(string.Join(' ', created.Errors.Select(error => error.Description)));
        }

        await users.AddToRoleAsync(user, Roles.Partner);
    }
}
