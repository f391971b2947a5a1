using Microsoft.AspNetCore.Identity;

namespace Ecosystem.Designer.Identity;

/// <summary>A person who signs in.</summary>
internal sealed class EcosystemUser : IdentityUser
{
    /// <summary>Name shown on pages and in the audit trail.</summary>
    public string DisplayName { get; set; } = string.Empty;

    /// <summary>The partner company this person belongs to, null for the vendor's own people.</summary>
    public string? PartnerId { get; set; }
}
