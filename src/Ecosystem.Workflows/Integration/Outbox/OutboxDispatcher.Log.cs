using Microsoft.Extensions.Logging;

namespace Ecosystem.Workflows.Integration.Outbox;

/// <summary>What the dispatcher logs. Keys and ids only: payloads may hold personal data.</summary>
internal sealed partial class OutboxDispatcher
{
    [LoggerMessage(1, LogLevel.Warning, "Outbox message {MessageId} ({Kind}, key {Key}) failed on attempt {Attempt} and is tried again in {Delay}: {Reason}")]
    private static partial void LogRetry(ILogger logger, string messageId, OutboxKind kind, string key, int attempt, TimeSpan delay, string reason);

    [LoggerMessage(2, LogLevel.Error, "Outbox message {MessageId} ({Kind}, key {Key}) cannot be delivered and was parked: {Reason}")]
    private static partial void LogParked(ILogger logger, string messageId, OutboxKind kind, string key, string reason);

    [LoggerMessage(3, LogLevel.Error, "The outbox could not be read or written; trying again in {Delay}")]
    private static partial void LogFailed(ILogger logger, Exception error, TimeSpan delay);
}
