using Temporalio.Api.Deployment.V1;

#pragma warning disable CS0612 // Clients of both generations read the answers, so the older fields are filled, too.

namespace Ecosystem.Temporal.Deployments;

/// <summary>
/// The deployments of all namespaces, in memory and in the store. They come to be by the polls of versioned workers, and tell queues
/// which version gets the tasks.
/// </summary>
internal sealed class DeploymentRegistry
{
    private const string DocumentKind = "deployment";
    private readonly Lock _lock = new();
    private readonly Dictionary<(NamespaceRecord Namespace, string Name), WorkerDeployment> _deployments = [];
    private readonly ConcurrentDictionary<(NamespaceRecord Namespace, string Version, string Queue, TaskQueueType Type), bool> _registered = new();
    private readonly IStore _store;
    private readonly TimeProvider _clock;
    private readonly TaskQueues _queues;

    public DeploymentRegistry(IStore store, TimeProvider clock, NamespaceRegistry namespaces, TaskQueues queues)
    {
        _store = store;
        _clock = clock;
        _queues = queues;
        foreach (var document in store.Documents(DocumentKind))
        {
            if (namespaces.FindById(document.Key.Split('/', 2)[0]) is { } ns)
            {
                var deployment = WorkerDeployment.Read(ns, document.Data!);
                _deployments[(ns, deployment.Name)] = deployment;
            }
        }

        foreach (var deployment in _deployments.Values)
        {
            RouteQueues(deployment);
        }

        namespaces.Cleaners.Add(ClearAsync);
    }

    /// <summary>Makes a versioned worker's deployment, version and queue known.</summary>
    public Task RegisterAsync(NamespaceRecord ns, WorkerDeploymentOptions? options, string queue, TaskQueueType type)
    {
        var version = DeploymentVersions.Of(options);
        if (version.Length == 0 || !_registered.TryAdd((ns, version, queue, type), true))
        {
            return Task.CompletedTask;
        }

        lock (_lock)
        {
            var now = _clock.GetUtcNow();
            if (!_deployments.TryGetValue((ns, options!.DeploymentName), out var deployment))
            {
                _deployments[(ns, options.DeploymentName)] = deployment = WorkerDeployment.Create(ns, options.DeploymentName, now);
            }

            if (!deployment.AddQueue(options.BuildId, queue, type, now))
            {
                return Task.CompletedTask;
            }

            RouteQueues(deployment);
            return StoreAsync(deployment);
        }
    }

    /// <summary>Whether a queue is one of a version's.</summary>
    public bool Has(NamespaceRecord ns, WorkerDeploymentVersion version, string queue, TaskQueueType type)
    {
        lock (_lock)
        {
            return _deployments.TryGetValue((ns, version.DeploymentName), out var deployment) && deployment.Has(version.BuildId, queue, type);
        }
    }

    /// <summary>How often the routing of a version's deployment was changed.</summary>
    public long Revision(NamespaceRecord ns, WorkerDeploymentVersion version)
    {
        lock (_lock)
        {
            return _deployments.TryGetValue((ns, version.DeploymentName), out var deployment) ? deployment.Routing.RevisionNumber : 0;
        }
    }

    /// <summary>Looks at a deployment.</summary>
    /// <exception cref="RpcException">NOT_FOUND.</exception>
    public T Read<T>(NamespaceRecord ns, string name, Func<WorkerDeployment, T> read, Func<RpcException>? missing = null)
    {
        lock (_lock)
        {
            return read(Find(ns, name) ?? throw (missing ?? NotFound(name))());
        }
    }

    /// <summary>Changes a deployment, routes its queues anew and stores it.</summary>
    /// <param name="ns">Its namespace.</param>
    /// <param name="name">Its name.</param>
    /// <param name="change">The change; false if there was nothing to change.</param>
    /// <param name="missing">The error if there is no such deployment.</param>
    /// <param name="create">Whether to make the deployment if it is missing.</param>
    public Task ChangeAsync(NamespaceRecord ns, string name, Func<WorkerDeployment, bool> change, Func<RpcException>? missing = null, bool create = false)
    {
        lock (_lock)
        {
            var deployment = Find(ns, name);
            if (deployment is null && create)
            {
                _deployments[(ns, name)] = deployment = WorkerDeployment.Create(ns, name, _clock.GetUtcNow());
            }

            if (!change(deployment ?? throw (missing ?? NotFound(name))()))
            {
                return Task.CompletedTask;
            }

            RouteQueues(deployment);
            return StoreAsync(deployment);
        }
    }

    /// <summary>Removes a deployment.</summary>
    public Task RemoveAsync(WorkerDeployment deployment)
    {
        lock (_lock)
        {
            _deployments.Remove((deployment.Namespace, deployment.Name));
            Forget(key => key.Namespace == deployment.Namespace && key.Version.StartsWith(deployment.Name + ".", StringComparison.Ordinal));
            var write = new StoreWrite();
            write.Documents.Add(new StoreDocument(DocumentKind, Key(deployment), null));
            return _store.CommitAsync(write);
        }
    }

    /// <summary>A version was removed: the next poll of its workers makes it anew.</summary>
    public void ForgetVersion(NamespaceRecord ns, string version) => Forget(key => key.Namespace == ns && key.Version == version);

    public IReadOnlyList<T> List<T>(NamespaceRecord ns, Func<WorkerDeployment, T> read)
    {
        lock (_lock)
        {
            return [.. _deployments.Values
                .Where(deployment => deployment.Namespace == ns)
                .OrderByDescending(deployment => deployment.Info.CreateTime.ToDateTimeOffset())
                .ThenBy(deployment => deployment.Name, StringComparer.Ordinal)
                .Select(read)];
        }
    }

    /// <summary>Which versions get the tasks of a queue, as clients see it.</summary>
    public TaskQueueVersioningInfo VersioningInfo(NamespaceRecord ns, string queue, TaskQueueType type)
    {
        lock (_lock)
        {
            var (current, ramping) = RoutersOf(ns, queue, type);
            var info = new TaskQueueVersioningInfo { CurrentVersion = DeploymentVersions.Unversioned, UpdateTime = new Timestamp() };
            if (current is not null)
            {
                info.CurrentVersion = current.Routing.CurrentVersion;
                info.CurrentDeploymentVersion = current.Routing.CurrentDeploymentVersion;
                info.UpdateTime = current.Routing.CurrentVersionChangedTime;
            }

            if (ramping is not null)
            {
                info.RampingVersion = ramping.Routing.RampingVersion;
                info.RampingDeploymentVersion = ramping.Routing.RampingDeploymentVersion;
                info.RampingVersionPercentage = ramping.Routing.RampingVersionPercentage;
                var changed = ramping.Routing.RampingVersionPercentageChangedTime;
                info.UpdateTime = changed.ToDateTimeOffset() > info.UpdateTime.ToDateTimeOffset() ? changed : info.UpdateTime;
            }

            return info;
        }
    }

    private static Func<RpcException> NotFound(string name) => () =>
        RpcErrors.NotFound($"no Worker Deployment found with name '{name}'; does your Worker Deployment have pollers?");

    private static string Key(WorkerDeployment deployment) => $"{deployment.Namespace.Id}/{deployment.Name}";

    private WorkerDeployment? Find(NamespaceRecord ns, string name) => _deployments.GetValueOrDefault((ns, name));

    /// <summary>The deployments whose current and whose ramping version get a queue's tasks; the one changed last wins.</summary>
    private (WorkerDeployment? Current, WorkerDeployment? Ramping) RoutersOf(NamespaceRecord ns, string queue, TaskQueueType type)
    {
        var all = _deployments.Values.Where(deployment => deployment.Namespace == ns).ToList();
        var current = all
            .Where(deployment => deployment.Routing.CurrentDeploymentVersion is { } version && deployment.Has(version.BuildId, queue, type))
            .MaxBy(deployment => deployment.Routing.CurrentVersionChangedTime.ToDateTimeOffset());
        var ramping = all
            .Where(deployment => deployment.Routing.RampingDeploymentVersion is { } version
                ? deployment.Has(version.BuildId, queue, type)
                : deployment == current && deployment.Routing.RampingVersion == DeploymentVersions.Unversioned)
            .MaxBy(deployment => deployment.Routing.RampingVersionChangedTime.ToDateTimeOffset());
        return (current, ramping);
    }

    private void RouteQueues(WorkerDeployment deployment)
    {
        foreach (var (name, type) in deployment.Versions.Values.SelectMany(version => version.TaskQueueInfos).Select(info => (info.Name, info.Type)).Distinct().ToList())
        {
            var (current, ramping) = RoutersOf(deployment.Namespace, name, type);
            _queues.Get(deployment.Namespace, name, type).Route(new QueueRouting(
                DeploymentVersions.Text(current?.Routing.CurrentDeploymentVersion),
                ramping is null ? null : DeploymentVersions.Text(ramping.Routing.RampingDeploymentVersion),
                ramping?.Routing.RampingVersionPercentage ?? 0));
        }
    }

    private Task StoreAsync(WorkerDeployment deployment)
    {
        var write = new StoreWrite();
        write.Documents.Add(new StoreDocument(DocumentKind, Key(deployment), deployment.Write()));
        return _store.CommitAsync(write);
    }

    private void Forget(Func<(NamespaceRecord Namespace, string Version, string Queue, TaskQueueType Type), bool> which)
    {
        foreach (var key in _registered.Keys.Where(which).ToList())
        {
            _registered.TryRemove(key, out _);
        }
    }

    private async Task ClearAsync(NamespaceRecord ns)
    {
        foreach (var deployment in List(ns, deployment => deployment))
        {
            await RemoveAsync(deployment);
        }
    }
}
