using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Ecosystem.Designer.Identity;

/// <summary>Signs a program in by <c>Authorization: Bearer ek_…</c> or <c>ApiKey ek_…</c>.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeyService keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>Name of the scheme.</summary>
    public const string SchemeName = "ApiKey";

    private static readonly string[] Prefixes = ["Bearer ", "ApiKey "];

    /// <summary>Whether a request carries a key, whatever it is worth.</summary>
    public static bool Applies(HttpRequest request) => Token(request) is not null;

    /// <inheritdoc />
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Token(Request) is not { } token)
        {
            return AuthenticateResult.NoResult();
        }

        if (await keys.FindAsync(token, Context.RequestAborted) is not { } key)
        {
            return AuthenticateResult.Fail("The API key is unknown, expired or withdrawn.");
        }

        var identity = new ClaimsIdentity(SchemeName, ClaimTypes.Name, ClaimTypes.Role);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, $"key:{key.Id}"));
        identity.AddClaim(new Claim(ClaimTypes.Name, $"key:{key.Id}"));
        identity.AddClaim(new Claim(EcosystemClaims.DisplayName, key.Name));
        identity.AddClaims(Split(key.Roles).Select(role => new Claim(ClaimTypes.Role, role)));
        identity.AddClaims(Split(key.Scopes).Select(scope => new Claim(EcosystemClaims.Scope, scope)));
        if (key.PartnerId is { } partner)
        {
            identity.AddClaim(new Claim(EcosystemClaims.PartnerId, partner));
        }

        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    private static string[] Split(string list) => list.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    // Elsa's clients say "ApiKey" instead of "Bearer"; a browser's WebSocket cannot send headers, so hubs take the key from the address.
    private static string? Token(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        foreach (var prefix in Prefixes)
        {
            if (header.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return header[prefix.Length..].Trim();
            }
        }

        return request.Path.StartsWithSegments("/elsa/hubs", StringComparison.Ordinal) && request.Query["access_token"].ToString() is { Length: > 0 } token ? token : null;
    }
}
