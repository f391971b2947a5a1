using Microsoft.Extensions.Logging;

namespace Ecosystem.Workflows.Decisions;

internal sealed partial class RulesetRefresher
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} versions of rulesets were published or retired by another process")]
    private partial void LogTaken(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The published rulesets could not be read; those known so far go on deciding")]
    private partial void LogFailed(Exception error);
}
