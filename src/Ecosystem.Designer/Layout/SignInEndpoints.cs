using Ecosystem.Designer.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Ecosystem.Designer.Layout;

/// <summary>The posts of the sign-in page: a cookie can only be set while an answer is being written, which a page over a circuit cannot.</summary>
internal static class SignInEndpoints
{
    /// <summary>Maps them.</summary>
    public static void Map(WebApplication app)
    {
        app.MapPost("/sign-in", SignInAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/sign-out", SignOutAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> SignInAsync(
        [FromForm] string? email, [FromForm] string? password, [FromForm] string? returnUrl, SignInManager<EcosystemUser> signIn)
    {
        var result = await signIn.PasswordSignInAsync(email ?? string.Empty, password ?? string.Empty, isPersistent: false, lockoutOnFailure: true);
        var target = IsLocal(returnUrl) ? returnUrl! : "/";
        return result.Succeeded
            ? Results.LocalRedirect(target)
            : Results.LocalRedirect($"/sign-in?failed={(result.IsLockedOut ? "locked" : "wrong")}&returnUrl={Uri.EscapeDataString(target)}");
    }

    private static async Task<IResult> SignOutAsync(SignInManager<EcosystemUser> signIn)
    {
        await signIn.SignOutAsync();
        return Results.LocalRedirect("/sign-in");
    }

    // "//host" and "/\host" are other sites to a browser.
    private static bool IsLocal(string? url) =>
        url is { Length: > 0 } && url[0] == '/' && (url.Length == 1 || url[1] is not ('/' or '\\'));
}
