using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Designer.Identity;

/// <summary>Makes, finds and withdraws API keys. A key reads <c>ek_ID_SECRET</c>; the secret is shown once.</summary>
internal sealed class ApiKeyService(IDbContextFactory<HostDbContext> contexts, TimeProvider clock)
{
    private const string Prefix = "ek_";

    /// <summary>Makes a key and returns it with the text that is never shown again.</summary>
    public async Task<(ApiKey Key, string Text)> CreateAsync(
        string name, IEnumerable<string> roles, IEnumerable<string> scopes, string? partnerId, DateTimeOffset? expiresAt, string createdBy, CancellationToken ct)
    {
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var key = new ApiKey
        {
            Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6)),
            Name = name,
            SecretHash = Hash(secret),
            Roles = string.Join(' ', roles),
            Scopes = string.Join(' ', scopes),
            PartnerId = partnerId,
            CreatedBy = createdBy,
            CreatedAt = clock.GetUtcNow(),
            ExpiresAt = expiresAt,
        };
        await using var db = await contexts.CreateDbContextAsync(ct);
        db.Add(key);
        await db.SaveChangesAsync(ct);
        return (key, $"{Prefix}{key.Id}_{secret}");
    }

    /// <summary>The valid key a text stands for, or null.</summary>
    public async Task<ApiKey?> FindAsync(string text, CancellationToken ct)
    {
        var parts = text.Split('_');
        if (parts.Length != 3 || parts[0] != "ek")
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var key = await db.ApiKeys.AsNoTracking().SingleOrDefaultAsync(k => k.Id == parts[1], ct);
        return key is not null
            && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(key.SecretHash), Encoding.ASCII.GetBytes(Hash(parts[2])))
            && key.RevokedAt is null
            && (key.ExpiresAt is null || key.ExpiresAt > clock.GetUtcNow())
            ? key
            : null;
    }

    /// <summary>All keys, newest first.</summary>
    public async Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.ApiKeys.AsNoTracking().OrderByDescending(k => k.CreatedAt).ToListAsync(ct);
    }

    /// <summary>Withdraws a key at once. False when there is none.</summary>
    public async Task<bool> RevokeAsync(string id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.ApiKeys.SingleOrDefaultAsync(k => k.Id == id, ct) is not { } key)
        {
            return false;
        }

        key.RevokedAt ??= clock.GetUtcNow();
        await db.SaveChangesAsync(ct);
        return true;
    }

    private static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
