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
            var ns = namespaces.Get(request.Namespace, "Namespace is not set on request.");
            Require(request.SearchAttributes.Count > 0);
            await ChangeAsync(ns, map => map.Add(request.SearchAttributes));
            return new AddSearchAttributesResponse();
        });
        handlers.Add<RemoveSearchAttributesRequest, RemoveSearchAttributesResponse>("RemoveSearchAttributes", async (request, _) =>
        {
            var ns = namespaces.Get(request.Namespace, "Namespace is not set on request.");
            Require(request.SearchAttributes.Count > 0);
            await ChangeAsync(ns, map => map.Remove(request.SearchAttributes));
            return new RemoveSearchAttributesResponse();
        });
        handlers.Add<ListSearchAttributesRequest, ListSearchAttributesResponse>("ListSearchAttributes", request =>
        {
            var ns = namespaces.Get(request.Namespace, "Namespace is not set on request.");
            var response = new ListSearchAttributesResponse();
            response.CustomAttributes.Add(ns.SearchAttributes.Custom.ToDictionary(column => column.Name, column => column.Type));
            response.SystemAttributes.Add(SearchAttributeCatalog.System.Concat(SearchAttributeCatalog.Predefined).ToDictionary());
            return response;
        });
        handlers.Add<GetSearchAttributesRequest, GetSearchAttributesResponse>("GetSearchAttributes", _ =>
        {
            var response = new GetSearchAttributesResponse();
            response.Keys.Add(SearchAttributeCatalog.System.Concat(SearchAttributeCatalog.Predefined).ToDictionary());
            return response;
        });
    }

    private static void Require(bool set)
    {
        if (!set)
        {
            throw RpcErrors.InvalidArgument("SearchAttributes are not set on request.");
        }
    }

    private Task ChangeAsync(NamespaceRecord ns, Func<SearchAttributeMap, SearchAttributeMap> change)
    {
        try
        {
            ns.SearchAttributes = change(ns.SearchAttributes);
        }
        catch (ArgumentException e)
        {
            throw RpcErrors.InvalidArgument(e.Message);
        }

        return namespaces.SaveAsync(ns);
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
