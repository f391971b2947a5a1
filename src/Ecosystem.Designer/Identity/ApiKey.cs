namespace Ecosystem.Designer.Identity;

/// <summary>A program's credential. Only the hash of its secret is stored.</summary>
internal sealed class ApiKey
{
    /// <summary>Public part, shown in lists and logs.</summary>
    public required string Id { get; init; }

    /// <summary>What the key is for.</summary>
    public required string Name { get; set; }

    /// <summary>SHA-256 of the secret, hexadecimal. The secret has 256 random bits, so a slow hash adds nothing.</summary>
    public required string SecretHash { get; init; }

    /// <summary>Roles the key acts with, separated by spaces.</summary>
    public required string Roles { get; set; }

    /// <summary>What it may call, separated by spaces: <c>deals:read</c>, <c>deals:write</c>, <c>*:read</c>, <c>*:write</c>.</summary>
    public required string Scopes { get; set; }

    /// <summary>The partner company it belongs to, if any.</summary>
    public string? PartnerId { get; set; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it stops working (UTC), null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>When it was withdrawn (UTC).</summary>
    public DateTimeOffset? RevokedAt { get; set; }
}
