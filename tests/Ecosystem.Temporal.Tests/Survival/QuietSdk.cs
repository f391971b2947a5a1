using Temporalio.Client;
using Temporalio.Runtime;

namespace Ecosystem.Temporal.Tests.Survival;

/// <summary>Clients whose runtime does not report each refused connection, as here they are meant.</summary>
internal static class QuietSdk
{
    private static readonly TemporalRuntime Runtime = new(new TemporalRuntimeOptions
    {
        Telemetry = new() { Logging = new() { Filter = new TelemetryFilterOptions("OFF") } },
    });

    public static Task<TemporalClient> ConnectAsync(string address) =>
        TemporalClient.ConnectAsync(new TemporalClientConnectOptions(address) { Runtime = Runtime });
}
