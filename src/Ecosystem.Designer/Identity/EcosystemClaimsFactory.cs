using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Ecosystem.Designer.Identity;

/// <summary>Puts a person's display name and partner company into the sign-in cookie.</summary>
internal sealed class EcosystemClaimsFactory(
    UserManager<EcosystemUser> users, RoleManager<IdentityRole> roles, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<EcosystemUser, IdentityRole>(users, roles, options)
{
    /// <inheritdoc />
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(EcosystemUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(EcosystemClaims.DisplayName, user.DisplayName));
        if (user.PartnerId is { } partner)
        {
            identity.AddClaim(new Claim(EcosystemClaims.PartnerId, partner));
        }

        return identity;
    }
}
