#pragma warning disable CS0612 // Clients of both generations ask, so the older fields are read and filled, too.

namespace Ecosystem.Temporal.Deployments;

/// <summary>RPCs about deployments of versioned workers.</summary>
internal sealed class DeploymentHandlers(Engine engine)
{
    private const int MaximumPage = 1000;
    private readonly DeploymentRegistry _deployments = engine.Deployments;

    public void AddTo(RpcHandlers handlers)
    {
        handlers.Add<DescribeWorkerDeploymentRequest, DescribeWorkerDeploymentResponse>("DescribeWorkerDeployment", request =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            DeploymentVersions.CheckName("WorkerDeploymentName", request.DeploymentName);
            return _deployments.Read(ns, request.DeploymentName, deployment =>
            {
                CheckDrainage(ns, deployment);
                return new DescribeWorkerDeploymentResponse { WorkerDeploymentInfo = deployment.Describe(), ConflictToken = deployment.ConflictToken };
            });
        });
        handlers.Add<DescribeWorkerDeploymentVersionRequest, DescribeWorkerDeploymentVersionResponse>("DescribeWorkerDeploymentVersion", DescribeVersion);
        handlers.Add<ListWorkerDeploymentsRequest, ListWorkerDeploymentsResponse>("ListWorkerDeployments", List);
        handlers.Add<SetWorkerDeploymentCurrentVersionRequest, SetWorkerDeploymentCurrentVersionResponse>(
            "SetWorkerDeploymentCurrentVersion",
            (request, _) => SetCurrentAsync(request));
        handlers.Add<SetWorkerDeploymentRampingVersionRequest, SetWorkerDeploymentRampingVersionResponse>(
            "SetWorkerDeploymentRampingVersion",
            (request, _) => SetRampingAsync(request));
        handlers.Add<SetWorkerDeploymentManagerRequest, SetWorkerDeploymentManagerResponse>(
            "SetWorkerDeploymentManager",
            (request, _) => SetManagerAsync(request));
        new DeploymentLifecycleHandlers(engine).AddTo(handlers);
    }

    /// <summary>Refuses a change by someone else than the deployment's manager.</summary>
    public static void CheckManager(WorkerDeployment deployment, string identity)
    {
        if (deployment.Info.ManagerIdentity.Length > 0 && deployment.Info.ManagerIdentity != identity)
        {
            throw RpcErrors.FailedPrecondition(
                $"ManagerIdentity '{deployment.Info.ManagerIdentity}' is set and does not match user identity '{identity}'; to proceed, set your own identity as the ManagerIdentity, remove the ManagerIdentity, or wait for the other client to do so");
        }
    }

    private DescribeWorkerDeploymentVersionResponse DescribeVersion(DescribeWorkerDeploymentVersionRequest request)
    {
        var ns = engine.Namespaces.Get(request.Namespace);
        var text = request.Version;
        if (text.Length == 0)
        {
            text = request.DeploymentVersion is { } given
                ? DeploymentVersions.Text(given)
                : throw RpcErrors.InvalidArgument("deployment version cannot be empty");
        }

        var version = DeploymentVersions.Parse(text)
            ?? throw RpcErrors.InvalidArgument($"invalid version string \"{text}\", expected format is \"<deployment_name>.<build_id>\"");
        DeploymentVersions.CheckName("WorkerDeploymentName", version.DeploymentName);
        DeploymentVersions.CheckName("BuildID", version.BuildId);
        static RpcException Missing() => RpcErrors.NotFound("Worker Deployment Version not found");
        return _deployments.Read(
            ns,
            version.DeploymentName,
            deployment =>
            {
                CheckDrainage(ns, deployment);
                var info = (deployment.Versions.GetValueOrDefault(version.BuildId) ?? throw Missing()).Clone();
                if (info.DrainageInfo is { Status: VersionDrainageStatus.Unspecified })
                {
                    info.DrainageInfo = null;
                }

                var response = new DescribeWorkerDeploymentVersionResponse { WorkerDeploymentVersionInfo = info };
                response.VersionTaskQueues.AddRange(info.TaskQueueInfos.Select(queue => Describe(ns, queue.Name, queue.Type, request.ReportTaskQueueStats ? text : null)));
                return response;
            },
            Missing);
    }

    private DescribeWorkerDeploymentVersionResponse.Types.VersionTaskQueue Describe(NamespaceRecord ns, string name, TaskQueueType type, string? statisticsOf)
    {
        var shown = new DescribeWorkerDeploymentVersionResponse.Types.VersionTaskQueue { Name = name, Type = type };
        if (statisticsOf is not null && engine.Queues.Find(ns, name, type)?.Statistics(statisticsOf) is { } statistics)
        {
            shown.Stats = TaskQueueHandlers.Stats(statistics.ByPriority, statistics, engine.Now);
            foreach (var part in statistics.ByPriority)
            {
                shown.StatsByPriorityKey[part.Key] = TaskQueueHandlers.Stats([part], statistics, engine.Now);
            }
        }

        return shown;
    }

    private ListWorkerDeploymentsResponse List(ListWorkerDeploymentsRequest request)
    {
        var ns = engine.Namespaces.Get(request.Namespace);
        var size = request.PageSize is > 0 and <= MaximumPage ? request.PageSize : MaximumPage;
        var skip = request.NextPageToken.Length == sizeof(int) ? BitConverter.ToInt32(request.NextPageToken.Span) : 0;
        var page = _deployments.List(ns, deployment => new ListWorkerDeploymentsResponse.Types.WorkerDeploymentSummary
        {
            Name = deployment.Name,
            CreateTime = deployment.Info.CreateTime,
            RoutingConfig = deployment.Routing.Clone(),
            LatestVersionSummary = deployment.Describe().VersionSummaries.FirstOrDefault(),
            CurrentVersionSummary = deployment.Summary(deployment.Routing.CurrentDeploymentVersion?.BuildId),
            RampingVersionSummary = deployment.Summary(deployment.Routing.RampingDeploymentVersion?.BuildId),
        }).Skip(skip).Take(size).ToList();
        var response = new ListWorkerDeploymentsResponse();
        response.WorkerDeployments.AddRange(page);
        if (page.Count == size)
        {
            response.NextPageToken = ByteString.CopyFrom(BitConverter.GetBytes(skip + size));
        }

        return response;
    }

    private async Task<SetWorkerDeploymentCurrentVersionResponse> SetCurrentAsync(SetWorkerDeploymentCurrentVersionRequest request)
    {
        var ns = engine.Namespaces.Get(request.Namespace);
        var name = request.DeploymentName;
        if (name.Length == 0)
        {
            throw RpcErrors.InvalidArgument("deployment name cannot be empty");
        }

        var target = Target(name, request.Version, request.BuildId, DeploymentVersions.Unversioned);
        var build = DeploymentVersions.Parse(target)?.BuildId;
        var response = new SetWorkerDeploymentCurrentVersionResponse();
        await _deployments.ChangeAsync(
            ns,
            name,
            deployment =>
            {
                CheckManager(deployment, request.Identity);
                var routing = deployment.Routing;
                response.PreviousVersion = routing.CurrentVersion;
                response.PreviousDeploymentVersion = routing.CurrentDeploymentVersion;
                response.ConflictToken = deployment.ConflictToken;
                if (routing.CurrentVersion == target && deployment.Info.LastModifierIdentity == request.Identity)
                {
                    return false;
                }

                CheckToken(deployment, request.ConflictToken);
                CheckTarget(ns, deployment, build, request.AllowNoPollers, request.IgnoreMissingTaskQueues, "current");
                deployment.SetCurrent(build, request.Identity, engine.Now);
                response.ConflictToken = deployment.ConflictToken;
                return true;
            },
            create: request.AllowNoPollers);
        return response;
    }

    private async Task<SetWorkerDeploymentRampingVersionResponse> SetRampingAsync(SetWorkerDeploymentRampingVersionRequest request)
    {
        var ns = engine.Namespaces.Get(request.Namespace);
        var name = request.DeploymentName;
        var target = Target(name, request.Version, request.BuildId, request.Percentage > 0 ? DeploymentVersions.Unversioned : "");
        if (target == DeploymentVersions.Unversioned && request.Percentage == 0)
        {
            target = "";
        }

        if (request.Percentage is < 0 or > 100)
        {
            throw RpcErrors.InvalidArgument("Percentage must be between 0 and 100 (inclusive)");
        }

        DeploymentVersions.CheckName("WorkerDeploymentName", name);
        var response = new SetWorkerDeploymentRampingVersionResponse();
        await _deployments.ChangeAsync(
            ns,
            name,
            deployment =>
            {
                CheckManager(deployment, request.Identity);
                var routing = deployment.Routing;
                response.PreviousVersion = routing.RampingVersion;
                response.PreviousPercentage = routing.RampingVersionPercentage;
                response.PreviousDeploymentVersion = routing.RampingDeploymentVersion;
                response.ConflictToken = deployment.ConflictToken;
                if (routing.RampingVersion == target && routing.RampingVersionPercentage == request.Percentage
                    && deployment.Info.LastModifierIdentity == request.Identity)
                {
                    return false;
                }

                CheckToken(deployment, request.ConflictToken);
                if (target == routing.CurrentVersion)
                {
                    throw RpcErrors.FailedPrecondition($"requested ramping version {target} is already current");
                }

                CheckTarget(ns, deployment, DeploymentVersions.Parse(target)?.BuildId, request.AllowNoPollers, request.IgnoreMissingTaskQueues, "ramping");
                deployment.SetRamping(target, request.Percentage, request.Identity, engine.Now);
                response.ConflictToken = deployment.ConflictToken;
                return true;
            },
            create: request.AllowNoPollers);
        return response;
    }

    private async Task<SetWorkerDeploymentManagerResponse> SetManagerAsync(SetWorkerDeploymentManagerRequest request)
    {
        var ns = engine.Namespaces.Get(request.Namespace);
        if (request.Identity.Length == 0)
        {
            throw RpcErrors.InvalidArgument("Identity is required");
        }

        DeploymentVersions.CheckName("WorkerDeploymentName", request.DeploymentName);
        var manager = request.HasSelf && request.Self ? request.Identity : request.ManagerIdentity;
        var response = new SetWorkerDeploymentManagerResponse();
        await _deployments.ChangeAsync(ns, request.DeploymentName, deployment =>
        {
            response.PreviousManagerIdentity = deployment.Info.ManagerIdentity;
            response.ConflictToken = deployment.ConflictToken;
            if (deployment.Info.ManagerIdentity == manager && deployment.Info.LastModifierIdentity == request.Identity)
            {
                return false;
            }

            CheckToken(deployment, request.ConflictToken);
            deployment.SetManager(manager, request.Identity);
            response.ConflictToken = deployment.ConflictToken;
            return true;
        });
        return response;
    }

    /// <summary>The version that a request names, in either of the ways it may.</summary>
    private static string Target(string deployment, string version, string build, string none)
    {
        if (version.Length == 0)
        {
            return build.Length > 0 ? DeploymentVersions.Text(deployment, build) : none;
        }

        if (version == DeploymentVersions.Unversioned)
        {
            return version;
        }

        var parsed = DeploymentVersions.Parse(version)
            ?? throw RpcErrors.InvalidArgument($"invalid version string: expected delimiter '.' not found in version string {version}");
        return parsed.DeploymentName == deployment
            ? version
            : throw RpcErrors.InvalidArgument($"invalid version string '{version}' does not match deployment name '{deployment}'");
    }

    private static void CheckToken(WorkerDeployment deployment, ByteString token)
    {
        if (!token.IsEmpty && token != deployment.ConflictToken)
        {
            throw RpcErrors.FailedPrecondition("conflict token mismatch");
        }
    }

    /// <summary>A version that gets work has to be known and to serve every queue that the current one does.</summary>
    private void CheckTarget(NamespaceRecord ns, WorkerDeployment deployment, string? build, bool allowNoPollers, bool ignoreMissing, string role)
    {
        if (build is null)
        {
            return;
        }

        if (!deployment.Versions.TryGetValue(build, out var version))
        {
            if (!allowNoPollers)
            {
                throw RpcErrors.NotFound($"build ID '{build}' not found in Worker Deployment '{deployment.Name}'");
            }

            version = deployment.AddVersion(build, engine.Now);
        }

        if (ignoreMissing || deployment.Routing.CurrentDeploymentVersion is not { } current || current.BuildId == build)
        {
            return;
        }

        if (deployment.Versions[current.BuildId].TaskQueueInfos.Any(queue => IsActive(ns, queue.Name, queue.Type) && !deployment.Has(build, queue.Name, queue.Type)))
        {
            throw RpcErrors.FailedPrecondition(
                $"proposed {role} version '{DeploymentVersions.Attribute(version.DeploymentVersion)}' is missing active task queues from the current version; these would become unversioned if it is set as the {role} version");
        }
    }

    /// <summary>Whether tasks came to a queue lately, or wait in it.</summary>
    private bool IsActive(NamespaceRecord ns, string name, TaskQueueType type) =>
        engine.Queues.Find(ns, name, type)?.Statistics() is { } statistics
        && (statistics.AddRate > 0.001f || statistics.ByPriority.Values.Any(part => part.Count > 0));

    private void CheckDrainage(NamespaceRecord ns, WorkerDeployment deployment) => deployment.CheckDrainage(
        version => engine.Store.Visibility.Count(ns.Name, Visibility.Filters.FilterBinder.Bind(
            $"TemporalWorkerDeploymentVersion = '{DeploymentVersions.Attribute(version)}' AND TemporalWorkflowVersioningBehavior = 'Pinned' AND ExecutionStatus = 'Running'",
            ns.SearchAttributes)) > 0,
        engine.Now);
}
