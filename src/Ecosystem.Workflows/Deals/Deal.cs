using System.Text.Json;
using Ecosystem.Workflows.Partners.Matching;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Deals;

/// <summary>A deal registration: a partner's claim that it works on an opportunity. Its state changes only by <see cref="DealMachine"/>.</summary>
public sealed class Deal : IVersioned, IPartnerOwned
{
    /// <summary>Its id.</summary>
    public DealId Id { get; init; }

    /// <inheritdoc/>
    public PartnerId PartnerId { get; init; }

    /// <summary>The person of the partner who works on it, or null.</summary>
    public ContactId? SellerId { get; init; }

    /// <summary>The customer's name; empty while it is not known, which only an import may leave so.</summary>
    public string CustomerName { get; set; } = "";

    /// <summary>The customer's registrable domain, or null.</summary>
    public string? CustomerDomain { get; set; }

    /// <summary>The customer's country, or null.</summary>
    public string? CustomerCountry { get; set; }

    /// <summary>The customer's city, or null.</summary>
    public string? CustomerCity { get; set; }

    /// <summary>The customer's postcode, or null.</summary>
    public string? CustomerPostcode { get; set; }

    /// <summary>The customer's tax or register number, or null.</summary>
    public string? CustomerTaxId { get; set; }

    /// <summary>The id of the customer's record in a shared system, for example a CRM account, or null.</summary>
    public string? AccountKey { get; set; }

    /// <summary>The customer's parent company: its account key or name, or null.</summary>
    public string? CustomerParent { get; set; }

    /// <summary>The e-mail address of the contact at the customer, or null.</summary>
    public string? CustomerContact { get; set; }

    /// <summary>The id of the opportunity in the partner's own system, or null.</summary>
    public string? OpportunityKey { get; init; }

    /// <summary>The sales region of the opportunity, or null when it is not limited to one.</summary>
    public string? Territory { get; set; }

    /// <summary>The products, as a JSON list of names.</summary>
    public string ProductsJson { get; set; } = "[]";

    /// <summary>The series of the first product, or null.</summary>
    public string? ProductSeries { get; set; }

    /// <summary>The estimated value.</summary>
    public Money Amount { get; set; }

    /// <summary>When the partner expects the customer to decide.</summary>
    public DateOnly? ExpectedClose { get; set; }

    /// <summary>The partner's account of what it did, as a JSON list of texts.</summary>
    public string EvidenceJson { get; set; } = "[]";

    /// <summary>The opportunity is put out to public tender.</summary>
    public bool PublicTender { get; set; }

    /// <summary>Where it stands.</summary>
    public DealState State { get; set; }

    /// <summary>Why it stands there, in words.</summary>
    public string StateReason { get; set; } = "";

    /// <summary>Where the wish for a longer protection stands.</summary>
    public ExtensionState Extension { get; set; }

    /// <summary>How many days were asked for, or null.</summary>
    public int? ExtensionDays { get; set; }

    /// <summary>How often the protection was extended.</summary>
    public int Extensions { get; set; }

    /// <summary>Whether others claim the same opportunity.</summary>
    public DisputeState Dispute { get; set; }

    /// <summary>The conflict about it, or null.</summary>
    public ConflictId? ConflictId { get; set; }

    /// <summary>How often it was submitted again.</summary>
    public int Resubmissions { get; set; }

    /// <summary>After a rejection: it may be submitted again.</summary>
    public bool Resubmittable { get; set; }

    /// <summary>After a rejection: the stable code of the reason.</summary>
    public string? RejectCode { get; set; }

    /// <summary>The case that drives it.</summary>
    public CaseId? CaseId { get; set; }

    /// <summary>The decision that routed it, or null.</summary>
    public DecisionId? DecisionId { get; set; }

    /// <summary>When it was submitted, the last time.</summary>
    public DateTimeOffset SubmittedAt { get; set; }

    /// <summary>When the protection began, or null.</summary>
    public DateTimeOffset? ProtectedFrom { get; set; }

    /// <summary>When the protection ends or ended, or null.</summary>
    public DateTimeOffset? ProtectedUntil { get; set; }

    /// <summary>When an activity with the customer was last logged.</summary>
    public DateOnly? LastActivityOn { get; set; }

    /// <summary>The day on which it was won or lost, or null.</summary>
    public DateOnly? ClosedOn { get; set; }

    /// <summary>What it was won for, in the currency of <see cref="Amount"/>; null unless won.</summary>
    public decimal? WonAmount { get; set; }

    /// <inheritdoc/>
    public long Version { get; set; }

    /// <summary>What the deal machine needs to know.</summary>
    internal DealFacts Facts => new()
    {
        State = State,
        ProtectedUntil = ProtectedUntil,
        Extension = Extension,
        Extensions = Extensions,
        Dispute = Dispute,
        Resubmissions = Resubmissions,
        Resubmittable = Resubmittable,
        LastActivityOn = LastActivityOn,
    };

    /// <summary>The names of the products.</summary>
    internal string[] Products => JsonSerializer.Deserialize<string[]>(ProductsJson, StoredJson.Options) ?? [];

    /// <summary>The customer, in comparable form.</summary>
    internal CompanyIdentity Customer() => CompanyIdentity.From(
        CustomerName, CustomerDomain, CustomerCountry, CustomerTaxId, CustomerCity, CustomerPostcode, CustomerContact, AccountKey, CustomerParent);

    internal sealed class Configuration : IEntityTypeConfiguration<Deal>
    {
        public void Configure(EntityTypeBuilder<Deal> builder)
        {
            builder.HasKey(deal => deal.Id);
            builder.Ignore(deal => deal.Products);
            builder.Property(deal => deal.CustomerCountry).HasMaxLength(2).IsUnicode(false);
            builder.Property(deal => deal.StateReason).HasMaxLength(2000);
            builder.HasIndex(deal => new { deal.PartnerId, deal.State });
            builder.HasIndex(deal => new { deal.State, deal.ProtectedUntil });
            builder.HasIndex(deal => new { deal.PartnerId, deal.ClosedOn });
            builder.HasIndex(deal => new { deal.AccountKey, deal.ClosedOn });
        }
    }
}
