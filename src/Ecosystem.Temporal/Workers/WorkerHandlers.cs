using Temporalio.Api.Worker.V1;

namespace Ecosystem.Temporal.Workers;

/// <summary>RPCs about workers: what they say of themselves, and who asks.</summary>
internal sealed class WorkerHandlers(Engine engine, WorkerRegistry workers)
{
    public void AddTo(RpcHandlers handlers)
    {
        handlers.Add<RecordWorkerHeartbeatRequest, RecordWorkerHeartbeatResponse>("RecordWorkerHeartbeat", request =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            foreach (var heartbeat in request.WorkerHeartbeat)
            {
                workers.Record(ns, heartbeat);
            }

            return new RecordWorkerHeartbeatResponse();
        });
        handlers.Add<DescribeWorkerRequest, DescribeWorkerResponse>("DescribeWorker", request =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            var heartbeat = workers.Find(ns, request.WorkerInstanceKey) ?? throw RpcErrors.NotFound($"Worker {request.WorkerInstanceKey} not found");
            return new DescribeWorkerResponse { WorkerInfo = new WorkerInfo { WorkerHeartbeat = heartbeat } };
        });
        handlers.Add<ListWorkersRequest, ListWorkersResponse>("ListWorkers", List);
        handlers.Add<CountWorkersRequest, CountWorkersResponse>("CountWorkers", request =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            var filter = WorkerFilter.Parse(request.Query);
            return new CountWorkersResponse { Count = workers.All(ns).Count(filter.Matches) };
        });
        handlers.Add<ShutdownWorkerRequest, ShutdownWorkerResponse>("ShutdownWorker", request =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            if (request.WorkerHeartbeat is { WorkerInstanceKey.Length: > 0 } heartbeat)
            {
                workers.Record(ns, heartbeat);
            }

            if (request.StickyTaskQueue.Length > 0)
            {
                engine.Queues.Find(ns, request.StickyTaskQueue, TaskQueueType.Workflow)?.Release(_ => true);
            }

            return new ShutdownWorkerResponse();
        });
    }

    private ListWorkersResponse List(ListWorkersRequest request)
    {
        var ns = engine.Namespaces.Get(request.Namespace);
        var filter = WorkerFilter.Parse(request.Query);
        var after = request.NextPageToken.ToStringUtf8();
        var found = workers.All(ns).Where(worker => string.CompareOrdinal(worker.WorkerInstanceKey, after) > 0).Where(filter.Matches).ToList();
        var page = request.PageSize > 0 ? found.Take(request.PageSize).ToList() : found;
        var response = new ListWorkersResponse();
#pragma warning disable CS0612 // Clients of both generations read the answer.
        response.WorkersInfo.AddRange(page.Select(heartbeat => new WorkerInfo { WorkerHeartbeat = heartbeat }));
#pragma warning restore CS0612
        response.Workers.AddRange(page.Select(Show));
        if (page.Count < found.Count)
        {
            response.NextPageToken = ByteString.CopyFromUtf8(page[^1].WorkerInstanceKey);
        }

        return response;
    }

    private static WorkerListInfo Show(WorkerHeartbeat heartbeat)
    {
        var info = new WorkerListInfo
        {
            WorkerInstanceKey = heartbeat.WorkerInstanceKey,
            WorkerIdentity = heartbeat.WorkerIdentity,
            TaskQueue = heartbeat.TaskQueue,
            DeploymentVersion = heartbeat.DeploymentVersion,
            SdkName = heartbeat.SdkName,
            SdkVersion = heartbeat.SdkVersion,
            Status = heartbeat.Status,
            StartTime = heartbeat.StartTime,
            HostName = heartbeat.HostInfo?.HostName ?? "",
            WorkerGroupingKey = heartbeat.HostInfo?.WorkerGroupingKey ?? "",
            ProcessId = heartbeat.HostInfo?.ProcessId ?? "",
        };
        info.Plugins.AddRange(heartbeat.Plugins);
        info.Drivers.AddRange(heartbeat.Drivers);
        return info;
    }
}
