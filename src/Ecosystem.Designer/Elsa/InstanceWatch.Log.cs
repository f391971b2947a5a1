namespace Ecosystem.Designer.Elsa;

/// <content>What it logs.</content>
internal sealed partial class InstanceWatch
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Watched cases could not be read; viewers hear of changes at the next look")]
    private partial void Failed(Exception failure);
}
