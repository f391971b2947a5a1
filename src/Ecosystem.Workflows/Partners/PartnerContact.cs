using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Partners;

/// <summary>A person at a partner.</summary>
public sealed class PartnerContact : IPartnerOwned, IVersioned
{
    /// <summary>The person's id.</summary>
    public ContactId Id { get; init; }

    /// <inheritdoc/>
    public PartnerId PartnerId { get; set; }

    /// <summary>The name.</summary>
    public required string Name { get; set; }

    /// <summary>The e-mail address in lower case, or null when none is known.</summary>
    public string? Email { get; set; }

    /// <summary>The telephone number in E.164, or null.</summary>
    public string? Phone { get; set; }

    /// <summary>What the person does at the partner, for example <c>seller</c> or <c>signatory</c>.</summary>
    public string Role { get; set; } = "contact";

    /// <summary>Message categories the person does not want, as a JSON list.</summary>
    public string OptOutsJson { get; set; } = "[]";

    /// <summary>When the person was added.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <inheritdoc/>
    public long Version { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<PartnerContact>
    {
        public void Configure(EntityTypeBuilder<PartnerContact> builder)
        {
            builder.HasKey(contact => contact.Id);
            builder.HasIndex(contact => contact.PartnerId);
            builder.Property(contact => contact.Role).HasMaxLength(40);
        }
    }
}
