using Ecosystem.Temporal.Visibility.Filters;
using Temporalio.Api.Filter.V1;

namespace Ecosystem.Temporal.Visibility;

/// <summary>RPCs that list and count runs.</summary>
internal sealed class VisibilityHandlers(Engine engine)
{
    private const int MaximumPage = 1000;
    private const string NamespaceMissing = "Namespace is empty.";

    public void AddTo(RpcHandlers handlers)
    {
        handlers.Add<ListWorkflowExecutionsRequest, ListWorkflowExecutionsResponse>("ListWorkflowExecutions", request =>
        {
            var response = new ListWorkflowExecutionsResponse();
            response.NextPageToken = List(request.Namespace, request.Query, request.PageSize, request.NextPageToken, response.Executions);
            return response;
        });
        handlers.Add<ScanWorkflowExecutionsRequest, ScanWorkflowExecutionsResponse>("ScanWorkflowExecutions", request =>
        {
            var response = new ScanWorkflowExecutionsResponse();
            response.NextPageToken = List(request.Namespace, request.Query, request.PageSize, request.NextPageToken, response.Executions);
            return response;
        });
        handlers.Add<ListOpenWorkflowExecutionsRequest, ListOpenWorkflowExecutionsResponse>("ListOpenWorkflowExecutions", request =>
        {
            var response = new ListOpenWorkflowExecutionsResponse();
            var query = "ExecutionStatus = 'Running'" + Conditions(request.ExecutionFilter, request.TypeFilter, request.StartTimeFilter, "StartTime");
            response.NextPageToken = List(request.Namespace, query, request.MaximumPageSize, request.NextPageToken, response.Executions);
            return response;
        });
        handlers.Add<ListClosedWorkflowExecutionsRequest, ListClosedWorkflowExecutionsResponse>("ListClosedWorkflowExecutions", request =>
        {
            var response = new ListClosedWorkflowExecutionsResponse();
            if (request is { ExecutionFilter: null, TypeFilter: null, StatusFilter.Status: WorkflowExecutionStatus.Unspecified or WorkflowExecutionStatus.Running })
            {
                throw RpcErrors.InvalidArgument("StatusFilter must be specified and must be not Running.");
            }

            var query = (request.StatusFilter is { } status ? $"ExecutionStatus = '{status.Status}'" : "ExecutionStatus != 'Running'")
                + Conditions(request.ExecutionFilter, request.TypeFilter, request.StartTimeFilter, "CloseTime");
            response.NextPageToken = List(request.Namespace, query, request.MaximumPageSize, request.NextPageToken, response.Executions);
            return response;
        });
        handlers.Add<ListArchivedWorkflowExecutionsRequest, ListArchivedWorkflowExecutionsResponse>("ListArchivedWorkflowExecutions", request =>
        {
            engine.Namespaces.Get(request.Namespace, NamespaceMissing);
            throw RpcErrors.InvalidArgument("Cluster is not configured for visibility archival.");
        });
        handlers.Add<CountWorkflowExecutionsRequest, CountWorkflowExecutionsResponse>("CountWorkflowExecutions", Count);
    }

    private CountWorkflowExecutionsResponse Count(CountWorkflowExecutionsRequest request)
    {
        var ns = engine.Namespaces.Get(request.Namespace, NamespaceMissing);
        var query = Bind(ns, request.Query);
        if (!query.GroupsByStatus)
        {
            return new CountWorkflowExecutionsResponse { Count = engine.Store.Visibility.Count(ns.Name, query) };
        }

        var response = new CountWorkflowExecutionsResponse();
        foreach (var (status, count) in engine.Store.Visibility.CountByStatus(ns.Name, query))
        {
            response.Count += count;
            response.Groups.Add(new CountWorkflowExecutionsResponse.Types.AggregationGroup
            {
                Count = count,
                GroupValues = { SearchAttributePayloads.Encode(status.ToString(), IndexedValueType.Keyword) },
            });
        }

        return response;
    }

    private ByteString List(
        string name,
        string filter,
        int pageSize,
        ByteString pageToken,
        Google.Protobuf.Collections.RepeatedField<Temporalio.Api.Workflow.V1.WorkflowExecutionInfo> executions)
    {
        var ns = engine.Namespaces.Get(name, NamespaceMissing);
        var query = Bind(ns, filter);
        var size = pageSize is > 0 and < MaximumPage ? pageSize : MaximumPage;
        var rows = engine.Store.Visibility.List(ns.Name, query, size, ReadToken(pageToken));
        executions.AddRange(rows.Select(record => ExecutionDescription.ToInfo(ns, record)));
        return rows.Count == size ? ByteString.CopyFrom(VisibilityTable.TokenAfter(rows[^1]).Encode()) : ByteString.Empty;
    }

    /// <summary>The place in a list that a token names; null for its beginning.</summary>
    public static VisibilityPageToken? ReadToken(ByteString token) =>
        token.IsEmpty ? null : VisibilityPageToken.Decode(token.Span)

            // The server masks what its store says of such a token behind a hash of the text.
            ?? throw RpcErrors.Create(StatusCode.Unknown, "something went wrong, please retry (61f8d6d1)");

    private static VisibilityQuery Bind(NamespaceRecord ns, string filter)
    {
        try
        {
            return FilterBinder.Bind(filter, ns.SearchAttributes);
        }
        catch (VisibilityQueryException e)
        {
            throw RpcErrors.InvalidArgument(e.Message);
        }
    }

    private static string Conditions(WorkflowExecutionFilter? execution, WorkflowTypeFilter? type, StartTimeFilter? time, string timeColumn)
    {
        var conditions = new System.Text.StringBuilder();
        if (time is { EarliestTime: { } from, LatestTime: { } to } && from.CompareTo(to) > 0)
        {
            throw RpcErrors.InvalidArgument("EarliestTime in StartTimeFilter should not be larger than LatestTime.");
        }

        if (time?.EarliestTime is { } earliest)
        {
            conditions.Append(CultureInfo.InvariantCulture, $" AND {timeColumn} >= {Nanoseconds(earliest)}");
        }

        if (time?.LatestTime is { } latest)
        {
            conditions.Append(CultureInfo.InvariantCulture, $" AND {timeColumn} <= {Nanoseconds(latest)}");
        }

        if (execution is not null)
        {
            // Like the server, without a look at the run's id.
            conditions.Append(" AND WorkflowId = ").Append(Quote(execution.WorkflowId));
        }

        if (type is not null)
        {
            conditions.Append(" AND WorkflowType = ").Append(Quote(type.Name));
        }

        return conditions.ToString();
    }

    private static string Nanoseconds(Timestamp time) => ((time.Seconds * 1_000_000_000) + time.Nanos).ToString(CultureInfo.InvariantCulture);

    private static string Quote(string text) =>
        "'" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal) + "'";
}
