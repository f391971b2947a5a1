namespace Ecosystem.Workflows.Definitions;

/// <summary>Says that something has passed, or passed by, an arrow of a flowchart.</summary>
internal sealed class FlowToken(int connection, TokenKind kind)
{
    /// <summary>The number of the arrow in the flowchart.</summary>
    internal int Connection { get; } = connection;

    internal TokenKind Kind { get; set; } = kind;

    /// <summary>True once the target of a live token has been scheduled for it; it dies when the target has ended.</summary>
    internal bool Scheduled { get; set; }
}
