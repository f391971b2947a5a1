using Microsoft.Extensions.Diagnostics.HealthChecks;
using Temporalio.Client;

namespace Ecosystem.Designer.Hosting;

/// <summary>Whether the Temporal service answers.</summary>
internal sealed class TemporalCheck(ITemporalClient client) : IHealthCheck
{
    /// <inheritdoc />
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        return await client.Connection.CheckHealthAsync(options: new RpcOptions { CancellationToken = cancellationToken })
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy();
    }
}
