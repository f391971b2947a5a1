using Temporalio.Api.Deployment.V1;

#pragma warning disable CS0612 // Clients of both generations ask, so the older fields are read, too.

namespace Ecosystem.Temporal.Deployments;

/// <summary>RPCs that make and remove deployments and versions, and annotate them.</summary>
internal sealed class DeploymentLifecycleHandlers(Engine engine)
{
    private const string NoComputeConfig =
        "No prior compute config found, which means nothing can be removed and something needs to be added to be valid";

    private readonly DeploymentRegistry _deployments = engine.Deployments;

    public void AddTo(RpcHandlers handlers)
    {
        handlers.Add<CreateWorkerDeploymentRequest, CreateWorkerDeploymentResponse>("CreateWorkerDeployment", async (request, _) =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            CheckName(request.DeploymentName);
            var response = new CreateWorkerDeploymentResponse();
            await _deployments.ChangeAsync(
                ns,
                request.DeploymentName,
                deployment =>
                {
                    response.ConflictToken = deployment.ConflictToken;
                    return true;
                },
                create: true);
            return response;
        });
        handlers.Add<CreateWorkerDeploymentVersionRequest, CreateWorkerDeploymentVersionResponse>("CreateWorkerDeploymentVersion", async (request, _) =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            var (name, build) = (request.DeploymentVersion?.DeploymentName ?? "", request.DeploymentVersion?.BuildId ?? "");
            CheckName(name);
            DeploymentVersions.CheckName("BuildID", build);
            await _deployments.ChangeAsync(ns, name, deployment =>
            {
                deployment.AddVersion(build, engine.Now, WorkerDeploymentVersionStatus.Created).ComputeConfig = request.ComputeConfig;
                return true;
            });
            return new CreateWorkerDeploymentVersionResponse();
        });
        handlers.Add<DeleteWorkerDeploymentRequest, DeleteWorkerDeploymentResponse>("DeleteWorkerDeployment", async (request, _) =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            DeploymentVersions.CheckName("WorkerDeploymentName", request.DeploymentName);
            if (_deployments.List(ns, deployment => deployment).FirstOrDefault(deployment => deployment.Name == request.DeploymentName) is { } found)
            {
                DeploymentHandlers.CheckManager(found, request.Identity);
                if (found.Versions.Count > 0)
                {
                    throw RpcErrors.FailedPrecondition("deployment has versions, can't be deleted");
                }

                await _deployments.RemoveAsync(found);
            }

            return new DeleteWorkerDeploymentResponse();
        });
        handlers.Add<DeleteWorkerDeploymentVersionRequest, DeleteWorkerDeploymentVersionResponse>(
            "DeleteWorkerDeploymentVersion",
            (request, _) => DeleteVersionAsync(request));
        handlers.Add<UpdateWorkerDeploymentVersionMetadataRequest, UpdateWorkerDeploymentVersionMetadataResponse>(
            "UpdateWorkerDeploymentVersionMetadata",
            (request, _) => UpdateMetadataAsync(request));
        AddCompute(handlers);
    }

    private async Task<DeleteWorkerDeploymentVersionResponse> DeleteVersionAsync(DeleteWorkerDeploymentVersionRequest request)
    {
        var ns = engine.Namespaces.Get(request.Namespace);
        var text = request.DeploymentVersion is { } given ? DeploymentVersions.Text(given) : request.Version;
        var version = DeploymentVersions.Parse(text)
            ?? throw RpcErrors.InvalidArgument($"invalid version string \"{text}\", expected format is \"<deployment_name>.<build_id>\"");
        DeploymentVersions.CheckName("WorkerDeploymentName", version.DeploymentName);
        var shown = DeploymentVersions.Attribute(version);
        await _deployments.ChangeAsync(
            ns,
            version.DeploymentName,
            deployment =>
            {
                DeploymentHandlers.CheckManager(deployment, request.Identity);
                if (!deployment.Versions.TryGetValue(version.BuildId, out var info))
                {
                    return false;
                }

                if (info.Status is WorkerDeploymentVersionStatus.Current or WorkerDeploymentVersionStatus.Ramping)
                {
                    throw RpcErrors.FailedPrecondition($"version '{shown}' cannot be deleted since it is current or ramping");
                }

                if (info.Status == WorkerDeploymentVersionStatus.Draining && !request.SkipDrainage)
                {
                    throw RpcErrors.FailedPrecondition($"version '{shown}' cannot be deleted since it is draining");
                }

                if (info.TaskQueueInfos.Any(queue => HasPollers(ns, queue.Name, queue.Type, text)))
                {
                    throw RpcErrors.FailedPrecondition($"version '{shown}' cannot be deleted since it has active pollers");
                }

                deployment.Remove(version.BuildId, request.Identity);
                _deployments.ForgetVersion(ns, text);
                return true;
            },
            () => RpcErrors.WorkflowNotFound($"temporal-sys-worker-deployment:{version.DeploymentName}"));
        return new DeleteWorkerDeploymentVersionResponse();
    }

    private async Task<UpdateWorkerDeploymentVersionMetadataResponse> UpdateMetadataAsync(UpdateWorkerDeploymentVersionMetadataRequest request)
    {
        var ns = engine.Namespaces.Get(request.Namespace);
        if (request.UpsertEntries.Count == 0 && request.RemoveEntries.Count == 0)
        {
            throw RpcErrors.InvalidArgument("At least one of remove_entries or upsert_entries must be provided");
        }

        var version = request.DeploymentVersion ?? DeploymentVersions.Parse(request.Version) ?? new WorkerDeploymentVersion();
        DeploymentVersions.CheckName("WorkerDeploymentName", version.DeploymentName);
        RpcException Missing() =>
            RpcErrors.WorkflowNotFound($"temporal-sys-worker-deployment-version:{version.DeploymentName}:{version.BuildId}");
        var response = new UpdateWorkerDeploymentVersionMetadataResponse();
        await _deployments.ChangeAsync(
            ns,
            version.DeploymentName,
            deployment =>
            {
                var info = deployment.Versions.GetValueOrDefault(version.BuildId) ?? throw Missing();
                info.Metadata ??= new VersionMetadata();
                foreach (var (key, value) in request.UpsertEntries)
                {
                    info.Metadata.Entries[key] = value;
                }

                foreach (var key in request.RemoveEntries)
                {
                    info.Metadata.Entries.Remove(key);
                }

                info.LastModifierIdentity = request.Identity;
                response.Metadata = info.Metadata.Clone();
                return true;
            },
            Missing);
        return response;
    }

    /// <summary>There is nothing here that could start workers, so no configuration for that is ever valid.</summary>
    private void AddCompute(RpcHandlers handlers)
    {
        handlers.Add<ValidateWorkerDeploymentVersionComputeConfigRequest, ValidateWorkerDeploymentVersionComputeConfigResponse>(
            "ValidateWorkerDeploymentVersionComputeConfig",
            request =>
            {
                engine.Namespaces.Get(request.Namespace);
                throw RpcErrors.InvalidArgument(NoComputeConfig);
            });
        handlers.Add<UpdateWorkerDeploymentVersionComputeConfigRequest, UpdateWorkerDeploymentVersionComputeConfigResponse>(
            "UpdateWorkerDeploymentVersionComputeConfig",
            request =>
            {
                engine.Namespaces.Get(request.Namespace);
                throw RpcErrors.InvalidArgument(NoComputeConfig);
            });
    }

    private bool HasPollers(NamespaceRecord ns, string name, TaskQueueType type, string version) =>
        engine.Queues.Find(ns, name, type)?.RecentPollers.Any(poller => poller.Identity.Version == version) == true;

    private static void CheckName(string name)
    {
        if (name.Length == 0)
        {
            throw RpcErrors.InvalidArgument("deployment name cannot be empty");
        }

        DeploymentVersions.CheckName("WorkerDeploymentName", name);
    }
}
