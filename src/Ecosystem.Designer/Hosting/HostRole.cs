namespace Ecosystem.Designer.Hosting;

/// <summary>What one process does.</summary>
public enum HostRole
{
    /// <summary>Site, API, embedded Temporal service and worker in one process.</summary>
    All,

    /// <summary>Site and API; hosts the embedded Temporal service unless <c>Temporal:Address</c> names another one.</summary>
    Web,

    /// <summary>Runs workflows and activities against <c>Temporal:Address</c>; serves only health and metrics.</summary>
    Worker,
}
