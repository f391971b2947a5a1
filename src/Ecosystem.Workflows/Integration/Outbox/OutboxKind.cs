namespace Ecosystem.Workflows.Integration.Outbox;

/// <summary>What an outbox message makes happen.</summary>
public enum OutboxKind
{
    /// <summary>Starts a Temporal workflow; payload <see cref="StartWorkflow"/>.</summary>
    StartWorkflow,

    /// <summary>Signals a Temporal workflow; payload <see cref="SignalWorkflow"/>.</summary>
    SignalWorkflow,

    /// <summary>A domain event for those who listen.</summary>
    Event,

    /// <summary>An e-mail.</summary>
    Mail,
}
