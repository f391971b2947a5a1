namespace Ecosystem.Designer.Identity;

/// <summary>Claim types of our own.</summary>
internal static class EcosystemClaims
{
    /// <summary>The partner company the caller belongs to.</summary>
    public const string PartnerId = "ecosystem:partner";

    /// <summary>Name for people to read.</summary>
    public const string DisplayName = "ecosystem:name";

    /// <summary>One scope of an API key. Callers without any scope claim are people, whose roles alone decide.</summary>
    public const string Scope = "ecosystem:scope";
}
