namespace Ecosystem.Temporal.Rpc;

/// <summary>RPCs about the service itself.</summary>
internal static class SystemHandlers
{
    /// <summary>Version of the server whose behaviour this service has.</summary>
    public const string ServerVersion = "1.32.2";

    public static void AddTo(RpcHandlers handlers)
    {
        handlers.Add<GetSystemInfoRequest, GetSystemInfoResponse>("GetSystemInfo", _ => new GetSystemInfoResponse
        {
            ServerVersion = ServerVersion,
            Capabilities = new GetSystemInfoResponse.Types.Capabilities
            {
                SignalAndQueryHeader = true,
                InternalErrorDifferentiation = true,
                ActivityFailureIncludeHeartbeat = true,
                SupportsSchedules = true,
                EncodedFailureAttributes = true,
                BuildIdBasedVersioning = true,
                UpsertMemo = true,
                EagerWorkflowStart = true,
                CountGroupByExecutionStatus = true,
                Nexus = true,
                ServerScaledDeployments = true,

                // SDKs keep in history by which rules of theirs a run went only if they may.
                SdkMetadata = true,
            },
        });
        handlers.Add<GetClusterInfoRequest, GetClusterInfoResponse>("GetClusterInfo", _ => new GetClusterInfoResponse
        {
            ServerVersion = ServerVersion,
            ClusterName = "active",
            ClusterId = "ecosystem",
            HistoryShardCount = 1,
            PersistenceStore = "sqlite",
            VisibilityStore = "sqlite",
            InitialFailoverVersion = 1,
            FailoverVersionIncrement = 10,
            SupportedClients =
            {
                ["temporal-cli"] = "<2.0.0",
                ["temporal-go"] = "<2.0.0",
                ["temporal-java"] = "<2.0.0",
                ["temporal-php"] = "<2.0.0",
                ["temporal-server"] = "<2.0.0",
                ["temporal-typescript"] = "<2.0.0",
                ["temporal-ui"] = "<3.0.0",
            },
        });
    }
}
