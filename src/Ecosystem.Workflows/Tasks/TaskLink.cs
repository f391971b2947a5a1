using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Tasks;

/// <summary>A signed link by which one person may answer one task once, without an account. The secret itself is not stored.</summary>
public sealed class TaskLink
{
    /// <summary>Its id, the public part of the token.</summary>
    public required string Id { get; init; }

    /// <summary>The task.</summary>
    public required TaskId TaskId { get; init; }

    /// <summary>The person it was made for, as <see cref="Actor.Id"/> names them.</summary>
    public required string Person { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when it is worth nothing.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was used; set in the transaction that takes the answer.</summary>
    public DateTimeOffset? UsedAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<TaskLink>
    {
        public void Configure(EntityTypeBuilder<TaskLink> builder)
        {
            builder.HasKey(link => link.Id);
            builder.Property(link => link.UsedAt).IsConcurrencyToken();
            builder.HasIndex(link => link.TaskId);
        }
    }
}
