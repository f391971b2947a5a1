using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Runtime;

namespace Ecosystem.Workflows.Definitions;

/// <summary>How this product talks to Temporal: connect with it wherever a client is needed, so that all read each other's payloads.</summary>
public static class EcosystemTemporal
{
    /// <summary>Payloads are JSON in camel case, enums by name, nulls left out; read without regard to case.</summary>
    public static DataConverter Data { get; } = new(new Payloads(), new DefaultFailureConverter());

    /// <summary>What a worker calls itself that runs in the process of the embedded service, for <c>EmbeddedTemporalOptions.InProcessWorkers</c>.</summary>
    public const string InProcess = "in-process";

    // The SDK's core would write its warnings to standard output, where commands write their results.
    private static readonly ForwardedLog CoreLog = new();
    private static readonly Lazy<TemporalRuntime> Runtime = new(() => new TemporalRuntime(new TemporalRuntimeOptions
    {
        Telemetry = new TelemetryOptions { Logging = new LoggingOptions { Forwarding = new LogForwardingOptions { Logger = CoreLog } } },
    }));

    /// <summary>Connects to a Temporal service.</summary>
    /// <param name="address">Host and port.</param>
    /// <param name="namespace">The namespace.</param>
    /// <param name="logging">Where the SDK logs.</param>
    /// <param name="identity">What the process calls itself; null: its id and machine.</param>
    /// <returns>The client.</returns>
    public static async Task<ITemporalClient> ConnectAsync(string address, string @namespace = "default", ILoggerFactory? logging = null, string? identity = null)
    {
        var options = new TemporalClientConnectOptions(address) { Namespace = @namespace, DataConverter = Data, Identity = identity, Runtime = Runtime.Value };
        if (logging is not null)
        {
            options.LoggerFactory = logging;
            CoreLog.To = logging.CreateLogger("Temporalio.Core");
        }

        return await TemporalClient.ConnectAsync(options);
    }

    // One core for the process; it logs where the last who connected does, and nowhere while nobody said where.
    private sealed class ForwardedLog : ILogger
    {
        private volatile ILogger? to;

        internal ILogger To
        {
            set => to = value;
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => to?.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => to?.IsEnabled(logLevel) ?? false;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            to?.Log(logLevel, eventId, state, exception, formatter);
    }

    private sealed class Payloads() : DefaultPayloadConverter(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });
}
