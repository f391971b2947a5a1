using System.Text.Json.Serialization;
using Ecosystem.Designer.Identity;
using Microsoft.AspNetCore.Identity;
using IResult = Microsoft.AspNetCore.Http.IResult;

namespace Ecosystem.Designer.Elsa;

/// <summary>Elsa's sign-in for its own clients outside our pages: a password for a key of twelve hours. Studio on our pages needs none, it has our cookie.</summary>
internal static class ElsaLoginApi
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(12);

    /// <summary>Who signs in.</summary>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
    internal sealed record Login(string? Username, string? Password);

    /// <summary>Maps the call.</summary>
    public static void Map(RouteGroupBuilder elsa) => elsa.MapPost("/identity/login", LoginAsync);

    private static async Task<IResult> LoginAsync(Login login, SignInManager<EcosystemUser> signIn, UserManager<EcosystemUser> users, ApiKeyService keys, TimeProvider clock, CancellationToken ct)
    {
        var user = login.Username is { Length: > 0 } name ? await users.FindByEmailAsync(name) : null;

        // Guessing passwords here locks the account as guessing on the page does.
        if (user is null || !(await signIn.CheckPasswordSignInAsync(user, login.Password ?? "", lockoutOnFailure: true)).Succeeded)
        {
            return Results.Json(new { isAuthenticated = false, accessToken = (string?)null, refreshToken = (string?)null });
        }

        var principal = await signIn.CreateUserPrincipalAsync(user);
        var (_, text) = await keys.CreateAsync($"Elsa client of {user.Email}", await users.GetRolesAsync(user), ["*"], Access.PartnerOf(principal), clock.GetUtcNow() + Life, user.Id, ct);
        return Results.Json(new { isAuthenticated = true, accessToken = text, refreshToken = text });
    }
}
