using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;

namespace Ecosystem.Designer.Identity;

/// <summary>
/// The one place that says who may do what. Roles decide for people; an API key additionally needs the scope of the resource.
/// What belongs to a partner company is seen by that company's people and by the vendor's staff, never by another partner.
/// </summary>
internal static class Access
{
    /// <summary>The vendor's own people, as a list for <c>[Authorize(Roles = …)]</c>.</summary>
    public const string Staff = $"{Roles.Ops},{Roles.RuleEditor},{Roles.Approver},{Roles.Finance},{Roles.Seller},{Roles.Compliance},{Roles.Legal},{Roles.ChannelManager},{Roles.VicePresident},{Roles.ChannelHead},{Roles.Admin}";

    /// <summary>Who works with money.</summary>
    public const string Money = $"{Roles.Finance},{Roles.Ops}";

    /// <summary>Who changes processes and rules.</summary>
    public const string Authors = Roles.Ops;

    /// <summary>Who writes drafts of rulesets; those who only edit values are held to them by the service.</summary>
    public const string RuleWriters = $"{Roles.Ops},{Roles.RuleEditor}";

    /// <summary>Who publishes what another person wrote.</summary>
    public const string RulePublishers = $"{Roles.Ops},{Roles.Approver},{Roles.Finance}";

    /// <summary>Who registers and works on deals.</summary>
    public const string DealMakers = $"{Roles.Partner},{Roles.Seller},{Roles.Ops}";

    /// <summary>Who may take a deal's protection back.</summary>
    public const string DealJudges = $"{Roles.Approver},{Roles.Ops}";

    /// <summary>Who keeps the lists that partners are screened against.</summary>
    public const string ListKeepers = $"{Roles.Compliance},{Roles.Ops}";

    private static readonly string[] StaffRoles = Staff.Split(',');

    /// <summary>A policy for reading a resource: any signed-in caller of the roles (all when none is given) with the scope.</summary>
    public static AuthorizationPolicy Read(string resource, string? roles = null) => Policy(resource, "read", roles);

    /// <summary>A policy for writing a resource.</summary>
    public static AuthorizationPolicy Write(string resource, string? roles = null) => Policy(resource, "write", roles);

    /// <summary>Whether the caller is one of the vendor's people (or a program acting for them).</summary>
    public static bool IsStaff(ClaimsPrincipal caller) => PartnerOf(caller) is null && Array.Exists(StaffRoles, caller.IsInRole);

    /// <summary>The partner company the caller belongs to, or null.</summary>
    public static string? PartnerOf(ClaimsPrincipal caller) => caller.FindFirstValue(EcosystemClaims.PartnerId);

    /// <summary>Whether the caller may see something that belongs to a partner company (null: to none).</summary>
    public static bool Sees(ClaimsPrincipal caller, string? partnerId) =>
        IsStaff(caller) || (partnerId is not null && partnerId.Equals(PartnerOf(caller), StringComparison.Ordinal));

    /// <summary>
    /// The partner company a list must be narrowed to: what was asked for by staff, always the own one for a partner's people.
    /// A caller with neither gets a name that no company has, so that a forgotten check shows nothing instead of everything.
    /// </summary>
    public static string? Narrow(ClaimsPrincipal caller, string? asked) => IsStaff(caller) ? asked : PartnerOf(caller) ?? "none";

    /// <summary>Whether the scopes of an API key allow an action on a resource; people have no scopes and are not limited by them.</summary>
    public static bool ScopeAllows(ClaimsPrincipal caller, string resource, string action)
    {
        var scopes = caller.FindAll(EcosystemClaims.Scope).Select(claim => claim.Value).ToList();
        return (scopes.Count == 0 && !IsKey(caller))
            || scopes.Exists(scope => scope == $"{resource}:{action}" || scope == $"*:{action}" || scope == $"{resource}:*" || scope == "*");
    }

    private static bool IsKey(ClaimsPrincipal caller) =>
        caller.Identities.Any(identity => identity.AuthenticationType == ApiKeyHandler.SchemeName);

    private static AuthorizationPolicy Policy(string resource, string action, string? roles)
    {
        var builder = new AuthorizationPolicyBuilder()
            .RequireAuthenticatedUser()
            .RequireAssertion(context => ScopeAllows(context.User, resource, action));
        if (roles is not null)
        {
            builder.RequireRole(roles.Split(','));
        }

        return builder.Build();
    }
}
