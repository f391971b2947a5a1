namespace Ecosystem.Workflows.Partners;

/// <summary>Where a partnership stands.</summary>
public enum PartnerStatus
{
    /// <summary>Applied; being checked and onboarded.</summary>
    Applicant,

    /// <summary>May register deals and earns.</summary>
    Active,

    /// <summary>Suspended for a time: keeps what it earned, registers nothing.</summary>
    Paused,

    /// <summary>The application was turned down.</summary>
    Rejected,

    /// <summary>The partnership has ended.</summary>
    Offboarded,

    /// <summary>A duplicate that was merged into another partner.</summary>
    Merged,
}
