using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;

namespace Ecosystem.Designer.Identity;

/// <summary>Ends an open page's sign-in when the person's password, roles or partner company changed meanwhile.</summary>
internal sealed class RevalidatingSignIn(ILoggerFactory logs, IServiceScopeFactory scopes) : RevalidatingServerAuthenticationStateProvider(logs)
{
    /// <inheritdoc />
    protected override TimeSpan RevalidationInterval => TimeSpan.FromMinutes(5);

    /// <inheritdoc />
    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<EcosystemUser>>();
        return await users.GetUserAsync(authenticationState.User) is { } user
            && await users.GetSecurityStampAsync(user) == authenticationState.User.FindFirstValue(users.Options.ClaimsIdentity.SecurityStampClaimType);
    }
}
