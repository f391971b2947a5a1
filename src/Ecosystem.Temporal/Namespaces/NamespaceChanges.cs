using Temporalio.Api.Replication.V1;

namespace Ecosystem.Temporal.Namespaces;

/// <summary>Checks and applies registrations and updates of namespaces, as a server with one cluster does.</summary>
internal static class NamespaceChanges
{
    /// <summary>Name of the only cluster.</summary>
    public const string Cluster = "active";

    private const int MaximumBadBinaries = 10;
    private static readonly TimeSpan MinimumRetention = TimeSpan.FromHours(1);
    private static readonly TimeSpan MinimumRetentionOfGlobal = TimeSpan.FromDays(1);

    /// <summary>The namespace that a request registers.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT or ALREADY_EXISTS.</exception>
    public static NamespaceRecord Register(RegisterNamespaceRequest request, NamespaceRegistry namespaces)
    {
        Require(request.Namespace.Length > 0, "Namespace not set on request.");
        Require(request.Namespace.Length <= Limits.IdLength, "Namespace length exceeds limit.");
        Require(!request.IsGlobalNamespace, "Cannot register global namespace when not enabled");
        var retention = Retention(request.WorkflowExecutionRetentionPeriod, MinimumRetention);
        if (namespaces.Find(request.Namespace) is not null)
        {
            throw RpcErrors.Create(
                StatusCode.AlreadyExists,
                $"Namespace \"{request.Namespace}\" already exists",
                new Temporalio.Api.ErrorDetails.V1.NamespaceAlreadyExistsFailure());
        }

        CheckClusters(request.ActiveClusterName, request.Clusters);
        return new NamespaceRecord(request.Namespace, Guid.NewGuid().ToString())
        {
            Description = request.Description,
            OwnerEmail = request.OwnerEmail,
            Data = request.Data.ToDictionary(),
            Retention = retention,
        };
    }

    /// <summary>Applies an update.</summary>
    /// <returns>The answer, which may show changes that are not kept; and whether anything is to be kept.</returns>
    /// <exception cref="RpcException">INVALID_ARGUMENT; nothing was changed then.</exception>
    public static (DescribeNamespaceResponse Shown, bool Changed) Update(NamespaceRecord record, UpdateNamespaceRequest request)
    {
        var changed = false;
        var (description, owner, data, state) = (record.Description, record.OwnerEmail, record.Data, record.State);
        if (request.UpdateInfo is { } info)
        {
            description = info.Description.Length > 0 ? info.Description : description;
            owner = info.OwnerEmail.Length > 0 ? info.OwnerEmail : owner;
            if (info.Data.Count > 0)
            {
                data = new Dictionary<string, string>(data);
                foreach (var (key, value) in info.Data)
                {
                    data[key] = value;
                }
            }

            changed = info.Description.Length > 0 || info.OwnerEmail.Length > 0 || info.Data.Count > 0;
            if (info.State != NamespaceState.Unspecified && info.State != state)
            {
                Require(IsStep(state, info.State), "Invalid namespace state update.");
                state = info.State;
                changed = true;
            }
        }

        var retention = record.Retention;
        if (request.Config?.WorkflowExecutionRetentionTtl is { } ttl)
        {
            retention = Retention(ttl, request.PromoteNamespace ? MinimumRetentionOfGlobal : MinimumRetention);
            changed = true;
        }

        var badBinaries = record.BadBinaries.Clone();
        foreach (var (sum, binary) in request.Config?.BadBinaries?.Binaries ?? [])
        {
            var marked = binary.Clone();
            marked.CreateTime = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
            badBinaries.Binaries[sum] = marked;
        }

        Require(badBinaries.Binaries.Count <= MaximumBadBinaries, $"Total resetBinaries cannot exceed the max limit: {MaximumBadBinaries}");
        if (request.DeleteBadBinary.Length > 0)
        {
            Require(badBinaries.Binaries.Remove(request.DeleteBadBinary), $"Bad binary checksum {request.DeleteBadBinary} doesn't exists.");
            changed = true;
        }

        CheckReplication(record, request);
        Require(
            !request.PromoteNamespace,
            $"global namespace is not enabled on this cluster, cannot update global namespace or promote local namespace: {request.Namespace}");
        var result = changed ? record : new NamespaceRecord(record.Name, record.Id) { SearchAttributes = record.SearchAttributes };
        (result.Description, result.OwnerEmail, result.Data, result.State, result.Retention, result.BadBinaries) =
            (description, owner, data, state, retention, badBinaries);
        return (NamespaceDescription.Describe(result), changed);
    }

    private static bool IsStep(NamespaceState from, NamespaceState to) => from switch
    {
        NamespaceState.Registered => to is NamespaceState.Deleted or NamespaceState.Deprecated,
        NamespaceState.Deprecated => to is NamespaceState.Deleted,
        _ => false,
    };

    private static TimeSpan Retention(Duration? retention, TimeSpan minimum)
    {
        Require(
            retention is { Seconds: >= 0, Nanos: >= 0 } && retention.ToTimeSpan() >= minimum,
            "A valid retention period is not set on request.");
        return retention!.ToTimeSpan();
    }

    private static void CheckReplication(NamespaceRecord record, UpdateNamespaceRequest request)
    {
        if (request.ReplicationConfig is not { } replication)
        {
            return;
        }

        if (replication.State is not (ReplicationState.Unspecified or ReplicationState.Normal))
        {
            Require(
                record.State == NamespaceState.Registered,
                $"update ReplicationState is only supported when namespace is in Registered state, current state: {record.State}");
            Require(replication.State != ReplicationState.Handover, "Handover can only be set for global namespace");
        }

        CheckClusters(replication.ActiveClusterName, replication.Clusters);
    }

    private static void CheckClusters(string active, IEnumerable<ClusterReplicationConfig> clusters)
    {
        Require(active.Length == 0 || active == Cluster, $"Invalid cluster name: {active}");
        foreach (var cluster in clusters)
        {
            Require(cluster.ClusterName == Cluster, $"Invalid cluster name: {cluster.ClusterName}");
        }
    }

    private static void Require(bool good, string problem)
    {
        if (!good)
        {
            throw RpcErrors.InvalidArgument(problem);
        }
    }
}
