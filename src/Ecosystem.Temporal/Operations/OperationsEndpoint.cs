using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;

namespace Ecosystem.Temporal.Operations;

/// <summary>Serves <c>/metrics</c> for Prometheus and <c>/health</c> over plain HTTP on an address of its own.</summary>
internal static class OperationsEndpoint
{
    public static async Task<WebApplication> StartAsync(IPEndPoint address, ServiceHealth health, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddRouting();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(address);
        });
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(ServiceMetrics.Name, "System.Runtime")

            // Temporal's names have no unit and no "_total".
            .AddPrometheusExporter(prometheus => prometheus.DisableTotalNameSuffixForCounters = true));
        var application = builder.Build();
        application.MapPrometheusScrapingEndpoint("/metrics");
        application.MapGet("/health", () => health.Problem is { } problem
            ? Results.Text(problem, statusCode: StatusCodes.Status503ServiceUnavailable)
            : Results.Text("SERVING"));
        try
        {
            await application.StartAsync(cancellationToken);
            return application;
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }
    }
}
