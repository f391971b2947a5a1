namespace Ecosystem.Temporal.Matching;

/// <summary>Who polls, as it said.</summary>
internal sealed record PollerIdentity(string Identity)
{
    public double? MaxTasksPerSecond { get; init; }

    public string WorkerInstanceKey { get; init; } = "";

    public Temporalio.Api.Deployment.V1.WorkerDeploymentOptions? Deployment { get; init; }

    public WorkerVersionCapabilities? Capabilities { get; init; }

    /// <summary>The name and version of its SDK; empty if it does not say.</summary>
    public (string Name, string Version) Sdk { get; init; } = ("", "");

    /// <summary>The deployment version whose tasks it takes, as <c>deployment.build</c>; empty for tasks without a version.</summary>
    public string Version { get; init; } = "";
}

/// <summary>A poller that was seen lately.</summary>
internal sealed class PollerRecord
{
    public required PollerIdentity Identity { get; set; }

    public required DateTimeOffset LastAccess { get; set; }
}
