using System.Collections.Frozen;
using System.Security.Claims;
using Ecosystem.Workflows;

namespace Ecosystem.Designer.Identity;

/// <summary>Turns a signed-in caller into the actor that commands take.</summary>
internal static class Caller
{
    /// <summary>The actor of a caller.</summary>
    /// <param name="caller">Who is signed in; nobody becomes an actor without roles.</param>
    /// <param name="source">Through which door.</param>
    public static Actor ToActor(this ClaimsPrincipal caller, ActorSource source) => new()
    {
        Id = caller.FindFirstValue(ClaimTypes.NameIdentifier) ?? "anonymous",
        Name = caller.FindFirstValue(EcosystemClaims.DisplayName) ?? caller.Identity?.Name ?? "Visitor",
        Roles = caller.FindAll(ClaimTypes.Role).Select(claim => claim.Value).ToFrozenSet(StringComparer.Ordinal),
        Partner = Access.PartnerOf(caller) is { } partner ? new PartnerId(partner) : null,
        Source = source,
    };

    /// <summary>The actor of an API call.</summary>
    public static Actor Actor(this HttpContext context) => context.User.ToActor(ActorSource.Api);
}
