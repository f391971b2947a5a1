using Temporalio.Api.Deployment.V1;
using VersionTaskQueue = Temporalio.Api.Deployment.V1.WorkerDeploymentVersionInfo.Types.VersionTaskQueueInfo;

#pragma warning disable CS0612 // Clients of both generations read the answers, so the older fields are filled, too.

namespace Ecosystem.Temporal.Deployments;

/// <summary>A deployment: its versions, and which of them gets new work. Guarded by its registry.</summary>
internal sealed class WorkerDeployment
{
    private static readonly TimeSpan DrainageGrace = TimeSpan.FromMinutes(3);

    private WorkerDeployment(NamespaceRecord ns, WorkerDeploymentInfo info)
    {
        Namespace = ns;
        Info = info;
    }

    public NamespaceRecord Namespace { get; }

    /// <summary>Name, routing and who changed it; versions are kept apart.</summary>
    public WorkerDeploymentInfo Info { get; }

    public string Name => Info.Name;

    public RoutingConfig Routing => Info.RoutingConfig;

    public ByteString ConflictToken { get; private set; } = ByteString.Empty;

    /// <summary>The versions by build id.</summary>
    public Dictionary<string, WorkerDeploymentVersionInfo> Versions { get; } = [];

    public static WorkerDeployment Create(NamespaceRecord ns, string name, DateTimeOffset now)
    {
        var deployment = new WorkerDeployment(ns, new WorkerDeploymentInfo
        {
            Name = name,
            CreateTime = Timestamp.FromDateTimeOffset(now),
            RoutingConfig = new RoutingConfig { CurrentVersion = DeploymentVersions.Unversioned },
            RoutingConfigUpdateState = RoutingConfigUpdateState.Completed,
        });
        deployment.NewToken();
        return deployment;
    }

    public static WorkerDeployment Read(NamespaceRecord ns, byte[] data)
    {
        using var stream = new MemoryStream(data);
        var deployment = new WorkerDeployment(ns, WorkerDeploymentInfo.Parser.ParseDelimitedFrom(stream));
        deployment.NewToken();
        while (stream.Position < stream.Length)
        {
            var version = WorkerDeploymentVersionInfo.Parser.ParseDelimitedFrom(stream);
            deployment.Versions[version.DeploymentVersion.BuildId] = version;
        }

        return deployment;
    }

    public byte[] Write()
    {
        using var stream = new MemoryStream();
        Info.WriteDelimitedTo(stream);
        foreach (var version in Versions.Values)
        {
            version.WriteDelimitedTo(stream);
        }

        return stream.ToArray();
    }

    /// <summary>The version of a build; a new one, of the status, if there is none.</summary>
    public WorkerDeploymentVersionInfo AddVersion(
        string build,
        DateTimeOffset now,
        WorkerDeploymentVersionStatus status = WorkerDeploymentVersionStatus.Inactive)
    {
        if (!Versions.TryGetValue(build, out var version))
        {
            Versions[build] = version = new WorkerDeploymentVersionInfo
            {
                Version = DeploymentVersions.Text(Name, build),
                DeploymentVersion = new WorkerDeploymentVersion { DeploymentName = Name, BuildId = build },
                CreateTime = Timestamp.FromDateTimeOffset(now),
                Status = status,
            };
        }

        return version;
    }

    public bool Has(string build, string queue, TaskQueueType type) =>
        Versions.TryGetValue(build, out var version) && version.TaskQueueInfos.Any(info => info.Name == queue && info.Type == type);

    /// <summary>Adds a queue to a version; false if it is there.</summary>
    public bool AddQueue(string build, string queue, TaskQueueType type, DateTimeOffset now)
    {
        if (Has(build, queue, type))
        {
            return false;
        }

        var version = AddVersion(build, now);
        version.TaskQueueInfos.Add(new VersionTaskQueue { Name = queue, Type = type });
        if (version.Status == WorkerDeploymentVersionStatus.Created)
        {
            // Its first worker has come.
            version.Status = WorkerDeploymentVersionStatus.Inactive;
        }

        return true;
    }

    /// <summary>Makes a version the one that gets new work; null for workers without a version.</summary>
    public void SetCurrent(string? build, string identity, DateTimeOffset now)
    {
        var time = Timestamp.FromDateTimeOffset(now);
        var previous = Routing.CurrentDeploymentVersion?.BuildId;
        var wasRamping = build is null ? Routing.RampingVersion == DeploymentVersions.Unversioned : Routing.RampingDeploymentVersion?.BuildId == build;
        if (previous is not null && previous != build)
        {
            Deactivate(Versions[previous], time);
        }

        Routing.CurrentVersion = DeploymentVersions.Unversioned;
        Routing.CurrentDeploymentVersion = null;
        if (build is not null)
        {
            var version = Versions[build];
            version.CurrentSinceTime = time;
            version.LastCurrentTime = time;
            version.RampingSinceTime = null;
            version.RampPercentage = 0;
            version.DrainageInfo = new VersionDrainageInfo { LastChangedTime = time, LastCheckedTime = time };
            Activate(version, WorkerDeploymentVersionStatus.Current, time);
            Routing.CurrentVersion = version.Version;
            Routing.CurrentDeploymentVersion = version.DeploymentVersion;
        }

        Routing.CurrentVersionChangedTime = time;
        if (wasRamping)
        {
            Routing.RampingVersion = "";
            Routing.RampingDeploymentVersion = null;
            Routing.RampingVersionPercentage = 0;
            Routing.RampingVersionChangedTime = time;
            Routing.RampingVersionPercentageChangedTime = time;
        }

        RoutingChanged(identity);
    }

    /// <summary>Gives a version a share of new work.</summary>
    /// <param name="version">The version; empty for none, <see cref="DeploymentVersions.Unversioned"/> for workers without one.</param>
    /// <param name="percentage">The share.</param>
    /// <param name="identity">Who says so.</param>
    /// <param name="now">When.</param>
    public void SetRamping(string version, float percentage, string identity, DateTimeOffset now)
    {
        var time = Timestamp.FromDateTimeOffset(now);
        var previous = Routing.RampingDeploymentVersion?.BuildId;
        var isNew = Routing.RampingVersion != version;
        if (previous is not null && isNew)
        {
            Versions[previous].RampingSinceTime = null;
            Versions[previous].RampPercentage = 0;
            Deactivate(Versions[previous], time);
        }

        Routing.RampingDeploymentVersion = DeploymentVersions.Parse(version);
        if (Routing.RampingDeploymentVersion is { } ramping)
        {
            var info = Versions[ramping.BuildId];
            info.RampPercentage = percentage;
            if (isNew)
            {
                info.RampingSinceTime = time;
                info.DrainageInfo = null;
            }

            Activate(info, WorkerDeploymentVersionStatus.Ramping, time);
        }

        Routing.RampingVersionChangedTime = isNew ? time : Routing.RampingVersionChangedTime;
        Routing.RampingVersionPercentageChangedTime = time;
        Routing.RampingVersion = version;
        Routing.RampingVersionPercentage = percentage;
        RoutingChanged(identity);
    }

    public void SetManager(string manager, string identity)
    {
        Info.ManagerIdentity = manager;
        Info.LastModifierIdentity = identity;
        NewToken();
    }

    public void Remove(string build, string identity)
    {
        Versions.Remove(build);
        Info.LastModifierIdentity = identity;
    }

    /// <summary>Notes versions that no open run is pinned to any more as drained.</summary>
    public void CheckDrainage(Func<WorkerDeploymentVersion, bool> isUsed, DateTimeOffset now)
    {
        foreach (var version in Versions.Values)
        {
            if (version.DrainageInfo is { Status: VersionDrainageStatus.Draining } drainage
                && drainage.LastCheckedTime.ToDateTimeOffset() + DrainageGrace <= now)
            {
                drainage.LastCheckedTime = Timestamp.FromDateTimeOffset(now);
                if (!isUsed(version.DeploymentVersion))
                {
                    drainage.Status = VersionDrainageStatus.Drained;
                    drainage.LastChangedTime = drainage.LastCheckedTime;
                    version.Status = WorkerDeploymentVersionStatus.Drained;
                }
            }
        }
    }

    /// <summary>The deployment as clients see it, the latest version first.</summary>
    public WorkerDeploymentInfo Describe()
    {
        var shown = Info.Clone();
        shown.VersionSummaries.AddRange(Versions.Values
            .OrderByDescending(version => version.CreateTime.ToDateTimeOffset())
            .ThenByDescending(version => version.DeploymentVersion.BuildId, StringComparer.Ordinal)
            .Select(Summary));
        return shown;
    }

    public WorkerDeploymentInfo.Types.WorkerDeploymentVersionSummary? Summary(string? build) =>
        build is not null && Versions.TryGetValue(build, out var version) ? Summary(version) : null;

    private static WorkerDeploymentInfo.Types.WorkerDeploymentVersionSummary Summary(WorkerDeploymentVersionInfo version) => new()
    {
        Version = version.Version,
        DeploymentVersion = version.DeploymentVersion,
        CreateTime = version.CreateTime,
        Status = version.Status,
        DrainageStatus = version.DrainageInfo?.Status ?? VersionDrainageStatus.Unspecified,
        DrainageInfo = version.DrainageInfo,
        CurrentSinceTime = version.CurrentSinceTime,
        RampingSinceTime = version.RampingSinceTime,
        RoutingUpdateTime = version.RoutingChangedTime,
        FirstActivationTime = version.FirstActivationTime,
        LastCurrentTime = version.LastCurrentTime,
        LastDeactivationTime = version.LastDeactivationTime,
    };

    private static void Activate(WorkerDeploymentVersionInfo version, WorkerDeploymentVersionStatus status, Timestamp time)
    {
        version.Status = status;
        version.RoutingChangedTime = time;
        version.FirstActivationTime ??= time;
        version.LastDeactivationTime = null;
    }

    private static void Deactivate(WorkerDeploymentVersionInfo version, Timestamp time)
    {
        version.Status = WorkerDeploymentVersionStatus.Draining;
        version.CurrentSinceTime = null;
        version.RoutingChangedTime = time;
        version.LastDeactivationTime = time;
        version.DrainageInfo = new VersionDrainageInfo { Status = VersionDrainageStatus.Draining, LastChangedTime = time, LastCheckedTime = time };
    }

    private void RoutingChanged(string identity)
    {
        Routing.RevisionNumber++;
        Info.LastModifierIdentity = identity;
        NewToken();
    }

    private void NewToken() => ConflictToken = ByteString.CopyFrom(Guid.NewGuid().ToByteArray());
}
