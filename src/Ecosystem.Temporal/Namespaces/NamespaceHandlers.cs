using Temporalio.Api.OperatorService.V1;

namespace Ecosystem.Temporal.Namespaces;

/// <summary>RPCs about namespaces and their search attributes.</summary>
internal sealed class NamespaceHandlers(Engine engine)
{
    private const string SystemNamespace = "temporal-system";
    private const int DefaultPage = 100;
    private readonly NamespaceRegistry _namespaces = engine.Namespaces;

    public void AddTo(RpcHandlers handlers)
    {
        handlers.Add<DescribeNamespaceRequest, DescribeNamespaceResponse>(
            "DescribeNamespace",
            request => NamespaceDescription.Describe(Find(request.Namespace, request.Id)));
        handlers.Add<ListNamespacesRequest, ListNamespacesResponse>("ListNamespaces", List);
        handlers.Add<RegisterNamespaceRequest, RegisterNamespaceResponse>("RegisterNamespace", async (request, _) =>
        {
            await _namespaces.SaveAsync(NamespaceChanges.Register(request, _namespaces));
            return new RegisterNamespaceResponse();
        });
        handlers.Add<UpdateNamespaceRequest, UpdateNamespaceResponse>("UpdateNamespace", async (request, _) =>
        {
            var ns = _namespaces.Get(request.Namespace);
            var (shown, changed) = NamespaceChanges.Update(ns, request);
            if (changed)
            {
                await _namespaces.SaveAsync(ns);
            }

            return new UpdateNamespaceResponse
            {
                NamespaceInfo = shown.NamespaceInfo,
                Config = shown.Config,
                ReplicationConfig = shown.ReplicationConfig,
            };
        });
        handlers.Add<DeprecateNamespaceRequest, DeprecateNamespaceResponse>("DeprecateNamespace", async (request, _) =>
        {
            var ns = _namespaces.Get(request.Namespace);
            ns.State = NamespaceState.Deprecated;
            await _namespaces.SaveAsync(ns);
            return new DeprecateNamespaceResponse();
        });
        handlers.Add<DeleteNamespaceRequest, DeleteNamespaceResponse>("DeleteNamespace", DeleteAsync);
        AddSearchAttributes(handlers);
    }

    private void AddSearchAttributes(RpcHandlers handlers)
    {
        handlers.Add<AddSearchAttributesRequest, AddSearchAttributesResponse>("AddSearchAttributes", async (request, _) =>
        {
            var ns = _namespaces.Get(request.Namespace, "Namespace is not set on request.");
            Require(request.SearchAttributes.Count > 0);
            await ChangeAsync(ns, map => map.Add(request.SearchAttributes));
            return new AddSearchAttributesResponse();
        });
        handlers.Add<RemoveSearchAttributesRequest, RemoveSearchAttributesResponse>("RemoveSearchAttributes", async (request, _) =>
        {
            var ns = _namespaces.Get(request.Namespace, "Namespace is not set on request.");
            Require(request.SearchAttributes.Count > 0);
            await ChangeAsync(ns, map => map.Remove(request.SearchAttributes));
            return new RemoveSearchAttributesResponse();
        });
        handlers.Add<ListSearchAttributesRequest, ListSearchAttributesResponse>("ListSearchAttributes", request =>
        {
            var ns = _namespaces.Get(request.Namespace, "Namespace is not set on request.");
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

        return _namespaces.SaveAsync(ns);
    }

    private NamespaceRecord Find(string name, string id)
    {
        if (id.Length > 0 && name.Length == 0)
        {
            return _namespaces.GetById(id);
        }

        return _namespaces.Get(name);
    }

    private ListNamespacesResponse List(ListNamespacesRequest request)
    {
        var size = request.PageSize > 0 ? request.PageSize : DefaultPage;
        var after = request.NextPageToken.ToStringUtf8();
        var page = _namespaces.All
            .Where(record => string.CompareOrdinal(record.Name, after) > 0)
            .Where(record => record.State != NamespaceState.Deleted || request.NamespaceFilter is { IncludeDeleted: true })
            .Take(size + 1)
            .ToList();
        var response = new ListNamespacesResponse();
        response.Namespaces.AddRange(page.Take(size).Select(NamespaceDescription.Describe));
        if (page.Count > size)
        {
            response.NextPageToken = ByteString.CopyFromUtf8(page[size - 1].Name);
        }

        return response;
    }

    /// <summary>Takes the name away at once, then removes what the namespace held.</summary>
    private async Task<DeleteNamespaceResponse> DeleteAsync(DeleteNamespaceRequest request, ServerCallContext call)
    {
        if (request.Namespace.Length > 0 && request.NamespaceId.Length > 0)
        {
            throw RpcErrors.InvalidArgument("only one of namespace or namespace ID should be set on request");
        }

        if (request.Namespace.Length == 0 && request.NamespaceId.Length == 0)
        {
            throw RpcErrors.InvalidArgument("namespace or namespace ID is not set on request");
        }

        var ns = Find(request.Namespace, request.NamespaceId);
        if (ns.Name == SystemNamespace)
        {
            throw RpcErrors.FailedPrecondition("unable to delete system namespace");
        }

        ns.State = NamespaceState.Deleted;
        await _namespaces.RemoveAsync(ns);
        return new DeleteNamespaceResponse { DeletedNamespace = $"{ns.Name}-deleted-{ns.Id[..5]}" };
    }
}
