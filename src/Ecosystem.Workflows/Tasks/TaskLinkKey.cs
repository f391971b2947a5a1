using System.Security.Cryptography;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Tasks;

/// <summary>
/// The key that signs the links of this installation. It is stored with the facts, so that the process that sends a link and the process that is
/// asked with it, perhaps on another machine, have the same. Deleting the row makes every link worthless that was sent before.
/// </summary>
internal sealed class TaskLinkKey
{
    public int Id { get; init; } = 1;

    public required byte[] Secret { get; init; }

    /// <summary>The key, made if there is none; to be called inside a write.</summary>
    public static async Task<byte[]> EnsureAsync(EcosystemDbContext db, CancellationToken cancellationToken)
    {
        if (await db.FindAsync<TaskLinkKey>([1], cancellationToken) is not { } key)
        {
            key = new TaskLinkKey { Secret = RandomNumberGenerator.GetBytes(32) };
            db.Add(key);
        }

        return key.Secret;
    }

    internal sealed class Configuration : IEntityTypeConfiguration<TaskLinkKey>
    {
        public void Configure(EntityTypeBuilder<TaskLinkKey> builder)
        {
            builder.Property(key => key.Id).ValueGeneratedNever();
            builder.Property(key => key.Secret).HasMaxLength(32);
        }
    }
}
