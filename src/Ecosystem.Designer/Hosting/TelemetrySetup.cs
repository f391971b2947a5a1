using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Ecosystem.Designer.Hosting;

/// <summary>Health, metrics and traces of every role.</summary>
internal static class TelemetrySetup
{
    private const string Ready = "ready";

    /// <summary>Adds the services.</summary>
    public static void AddTelemetry(this IServiceCollection services)
    {
        services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddMeter("System.Runtime", "Ecosystem.*", "Microsoft.AspNetCore.Components")
                .AddPrometheusExporter())
            .WithTracing(traces => traces.AddAspNetCoreInstrumentation().AddSource("Ecosystem.*", "Temporalio.*"));
        services.AddHealthChecks()
            .AddCheck<HostDatabaseCheck>("host-database", tags: [Ready])
            .AddCheck<TemporalCheck>("temporal", tags: [Ready]);
    }

    /// <summary>Maps <c>/health/live</c>, <c>/health/ready</c> and <c>/metrics</c>.</summary>
    public static void MapTelemetry(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains(Ready),
            ResponseWriter = WriteAsync,
        }).AllowAnonymous();
        app.MapPrometheusScrapingEndpoint("/metrics").AllowAnonymous();
    }

    // Names and states only: descriptions and exceptions could tell an outsider about the inside.
    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(new
    {
        status = report.Status.ToString(),
        checks = report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Status.ToString()),
    });
}
