using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Ecosystem.Designer.Identity;

/// <summary>
/// What the host itself stores: people, roles, API keys, idempotent answers, and the keys that protect cookies, so that one process takes the
/// sign-in another gave. A context of its own, because the partner lifecycle
/// knows actors and never accounts; on SQLite also a file of its own (<c>host.db</c>), so that a sign-in never waits for a case.
/// </summary>
internal sealed class HostDbContext(DbContextOptions<HostDbContext> options) : IdentityDbContext<EcosystemUser>(options), IDataProtectionKeyContext
{
    /// <summary>API keys.</summary>
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    /// <summary>Writes with an idempotency key.</summary>
    public DbSet<IdempotentRequest> IdempotentRequests => Set<IdempotentRequest>();

    /// <summary>Keys that protect cookies and form tokens.</summary>
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<DateTimeOffsetToBinaryConverter>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<EcosystemUser>(user =>
        {
            user.ToTable("HostUsers");
            user.Property(u => u.DisplayName).HasMaxLength(200);
            user.Property(u => u.PartnerId).HasMaxLength(64);
            user.HasIndex(u => u.PartnerId);
        });
        builder.Entity<IdentityRole>().ToTable("HostRoles");
        builder.Entity<IdentityUserRole<string>>().ToTable("HostUserRoles");
        builder.Entity<IdentityUserClaim<string>>().ToTable("HostUserClaims");
        builder.Entity<IdentityUserLogin<string>>().ToTable("HostUserLogins");
        builder.Entity<IdentityRoleClaim<string>>().ToTable("HostRoleClaims");
        builder.Entity<IdentityUserToken<string>>().ToTable("HostUserTokens");
        builder.Entity<DataProtectionKey>().ToTable("HostDataProtectionKeys");
        builder.Entity<ApiKey>(key =>
        {
            key.ToTable("HostApiKeys");
            key.HasKey(k => k.Id);
            key.Property(k => k.Id).HasMaxLength(32);
            key.Property(k => k.Name).HasMaxLength(200);
            key.Property(k => k.SecretHash).HasMaxLength(64);
            key.Property(k => k.Roles).HasMaxLength(200);
            key.Property(k => k.Scopes).HasMaxLength(1000);
            key.Property(k => k.PartnerId).HasMaxLength(64);
            key.Property(k => k.CreatedBy).HasMaxLength(200);
        });
        builder.Entity<IdempotentRequest>(request =>
        {
            request.ToTable("HostIdempotentRequests");
            request.HasKey(r => new { r.Caller, r.Key });
            request.Property(r => r.Caller).HasMaxLength(200);
            request.Property(r => r.Key).HasMaxLength(200);
            request.Property(r => r.Fingerprint).HasMaxLength(64);
            request.Property(r => r.Instance).HasMaxLength(64).IsConcurrencyToken();
            request.Property(r => r.ContentType).HasMaxLength(200);
            request.Property(r => r.Location).HasMaxLength(1000);
            request.Property(r => r.ETag).HasMaxLength(200);
            request.HasIndex(r => r.ReceivedAt);
        });
    }
}
