namespace Ecosystem.Workflows.Partners;

/// <summary>What steps that change a partnership give.</summary>
internal sealed record PartnerStepOutput
{
    /// <summary>Where the partnership stands now.</summary>
    public required PartnerStatus Status { get; init; }

    /// <summary>The step of the lifecycle.</summary>
    public required string Stage { get; init; }

    /// <summary>The output for a partner.</summary>
    public static PartnerStepOutput Of(Partner partner) => new() { Status = partner.Status, Stage = partner.Stage };
}
