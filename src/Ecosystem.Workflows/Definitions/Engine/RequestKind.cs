namespace Ecosystem.Workflows.Definitions;

/// <summary>What a process asks of the world outside.</summary>
internal enum RequestKind
{
    /// <summary>Tell when a time has come.</summary>
    Timer,

    /// <summary>Tell when an event comes.</summary>
    Event,

    /// <summary>Carry out a C# step.</summary>
    Step,

    /// <summary>Have a person do something.</summary>
    Task,

    /// <summary>Run another definition.</summary>
    Child,

    /// <summary>Call another system over HTTP.</summary>
    Http,

    /// <summary>Wait for an HTTP request.</summary>
    HttpEndpoint,

    /// <summary>Have somebody decide what becomes of a failed step.</summary>
    Incident,
}
