using Temporalio.Api.Namespace.V1;
using Temporalio.Api.Replication.V1;

namespace Ecosystem.Temporal.Namespaces;

/// <summary>Shows a namespace to clients.</summary>
internal static class NamespaceDescription
{
    private const int TaskCompletionLimit = 40 * 1024 * 1024;

    public static DescribeNamespaceResponse Describe(NamespaceRecord record)
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
                    WorkflowTaskCompletionSizeLimitError = TaskCompletionLimit,
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
                ActiveClusterName = NamespaceChanges.Cluster,
                Clusters = { new ClusterReplicationConfig { ClusterName = NamespaceChanges.Cluster } },
                State = ReplicationState.Normal,
            },
        };
        response.NamespaceInfo.Data.Add(record.Data);
        foreach (var (name, field) in record.SearchAttributes.Fields)
        {
            response.Config.CustomSearchAttributeAliases[field] = name;
        }

        return response;
    }
}
