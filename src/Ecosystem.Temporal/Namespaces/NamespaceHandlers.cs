using Temporalio.Api.Namespace.V1;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Api.Replication.V1;

namespace Ecosystem.Temporal.Namespaces;

/// <summary>RPCs about namespaces and their search attributes.</summary>
internal sealed class NamespaceHandlers(NamespaceRegistry namespaces)
{
    public void AddTo(RpcHandlers handlers)
    {
        handlers.Add<DescribeNamespaceRequest, DescribeNamespaceResponse>("DescribeNamespace", request => Describe(Find(request.Namespace, request.Id)));
        handlers.Add<ListNamespacesRequest, ListNamespacesResponse>("ListNamespaces", _ =>
        {
            var response = new ListNamespacesResponse();
            response.Namespaces.AddRange(namespaces.All.Select(Describe));
            return response;
        });
        handlers.Add<RegisterNamespaceRequest, RegisterNamespaceResponse>("RegisterNamespace", async (request, _) =>
        {
            if (request.Namespace.Length == 0)
            {
                throw RpcErrors.InvalidArgument("Namespace not set on request.");
            }

            if (namespaces.Find(request.Namespace) is not null)
            {
                throw RpcErrors.Create(
                    StatusCode.AlreadyExists,
                    $"Namespace \"{request.Namespace}\" already exists",
                    new Temporalio.Api.ErrorDetails.V1.NamespaceAlreadyExistsFailure());
            }

            await namespaces.SaveAsync(new NamespaceRecord(request.Namespace, Guid.NewGuid().ToString())
            {
                Description = request.Description,
                OwnerEmail = request.OwnerEmail,
                Data = request.Data.ToDictionary(),
                Retention = request.WorkflowExecutionRetentionPeriod?.ToTimeSpan() ?? TimeSpan.FromDays(3),
            });
            return new RegisterNamespaceResponse();
        });
        handlers.Add<AddSearchAttributesRequest, AddSearchAttributesResponse>("AddSearchAttributes", async (request, _) =>
        {
            var ns = namespaces.Get(request.Namespace);
            var all = new Dictionary<string, IndexedValueType>(ns.SearchAttributes);
            foreach (var (name, type) in request.SearchAttributes)
            {
                all[name] = type;
            }

            ns.SearchAttributes = all;
            await namespaces.SaveAsync(ns);
            return new AddSearchAttributesResponse();
        });
        handlers.Add<ListSearchAttributesRequest, ListSearchAttributesResponse>("ListSearchAttributes", request =>
        {
            var response = new ListSearchAttributesResponse();
            response.CustomAttributes.Add(namespaces.Get(request.Namespace).SearchAttributes.ToDictionary());
            return response;
        });
    }

    private NamespaceRecord Find(string name, string id)
    {
        if (id.Length > 0 && name.Length == 0)
        {
            return namespaces.FindById(id) ?? throw RpcErrors.NamespaceNotFound(id);
        }

        return namespaces.Get(name);
    }

    private static DescribeNamespaceResponse Describe(NamespaceRecord record)
    {
        var response = new DescribeNamespaceResponse
        {
            NamespaceInfo = new NamespaceInfo
            {
                Name = record.Name,
                Id = record.Id,
                State = record.State,
                Description = record.Description,
                OwnerEmail = record.OwnerEmail,
                SupportsSchedules = true,
                Capabilities = new NamespaceInfo.Types.Capabilities
                {
                    EagerWorkflowStart = true,
                    SyncUpdate = true,
                    AsyncUpdate = true,
                    WorkerHeartbeats = true,
                    ReportedProblemsSearchAttribute = true,
                    StandaloneActivities = true,
                    PollerAutoscaling = true,
                    StandaloneActivityStartDelay = true,
                },
                Limits = new NamespaceInfo.Types.Limits
                {
                    BlobSizeLimitError = Limits.BlobError,
                    MemoSizeLimitError = Limits.BlobError,
                    WorkflowTaskCompletionSizeLimitError = 40 * 1024 * 1024,
                },
            },
            Config = new NamespaceConfig
            {
                WorkflowExecutionRetentionTtl = Duration.FromTimeSpan(record.Retention),
                BadBinaries = record.BadBinaries,
                HistoryArchivalState = ArchivalState.Disabled,
                VisibilityArchivalState = ArchivalState.Disabled,
            },
            ReplicationConfig = new NamespaceReplicationConfig
            {
                ActiveClusterName = "active",
                Clusters = { new ClusterReplicationConfig { ClusterName = "active" } },
                State = ReplicationState.Normal,
            },
        };
        response.NamespaceInfo.Data.Add(record.Data);
        return response;
    }
}
