using Temporalio.Api.Query.V1;

namespace Ecosystem.Temporal.Executions;

/// <summary>Queries that wait for a workflow task of their run. Guarded by the chain's lock.</summary>
internal sealed class QueryRegistry
{
    private readonly Dictionary<string, PendingQuery> _queries = [];

    public bool IsEmpty => _queries.Count == 0;

    public bool HasBuffered => _queries.Values.Any(query => !query.Sent);

    public void Add(PendingQuery query) => _queries[query.Id] = query;

    public void Remove(PendingQuery query) => _queries.Remove(query.Id);

    /// <summary>All queries that no worker has, now marked as sent.</summary>
    public List<PendingQuery> Send()
    {
        var buffered = _queries.Values.Where(query => !query.Sent).ToList();
        buffered.ForEach(query => query.Sent = true);
        return buffered;
    }

    /// <summary>Takes out the queries that no worker has, to be sent by themselves.</summary>
    public List<PendingQuery> TakeBuffered()
    {
        var buffered = _queries.Values.Where(query => !query.Sent).ToList();
        buffered.ForEach(query => _queries.Remove(query.Id));
        return buffered;
    }

    /// <summary>Gives the queries that a task carried their answers; those without are to be asked again.</summary>
    public void Answer(IReadOnlyDictionary<string, WorkflowQueryResult> results)
    {
        foreach (var query in _queries.Values.Where(query => query.Sent).ToList())
        {
            if (results.TryGetValue(query.Id, out var result))
            {
                _queries.Remove(query.Id);
                if (result.Answer is { } answer && answer.CalculateSize() > Limits.BlobError)
                {
                    query.Fail(RpcErrors.InvalidArgument(RequestValidation.TooLarge));
                    continue;
                }

                query.Complete(result);
            }
            else
            {
                query.Sent = false;
            }
        }
    }

    /// <summary>The task that carried queries is gone: they are to be asked again.</summary>
    public void Unsend()
    {
        foreach (var query in _queries.Values)
        {
            query.Sent = false;
        }
    }
}

/// <summary>A query and who waits for its answer.</summary>
internal sealed class PendingQuery(WorkflowQuery query)
{
    private readonly TaskCompletionSource<WorkflowQueryResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Id { get; } = Guid.NewGuid().ToString();

    public WorkflowQuery Query { get; } = query;

    /// <summary>True while a worker has it.</summary>
    public bool Sent { get; set; }

    public Task<WorkflowQueryResult> Answer => _answer.Task;

    public void Complete(WorkflowQueryResult result) => _answer.TrySetResult(result);

    public void Fail(RpcException error) => _answer.TrySetException(error);
}
