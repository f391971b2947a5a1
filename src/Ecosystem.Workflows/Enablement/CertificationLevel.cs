namespace Ecosystem.Workflows.Enablement;

/// <summary>How much a certificate proves.</summary>
public enum CertificationLevel
{
    /// <summary>The basics.</summary>
    Foundation,

    /// <summary>Works on its own.</summary>
    Intermediate,

    /// <summary>Leads others.</summary>
    Advanced,
}
