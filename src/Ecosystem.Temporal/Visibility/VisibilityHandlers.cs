using System.Text.RegularExpressions;

namespace Ecosystem.Temporal.Visibility;

/// <summary>RPCs that list and count runs.</summary>
internal sealed partial class VisibilityHandlers(Engine engine)
{
    private const int DefaultPage = 1000;

    public void AddTo(RpcHandlers handlers)
    {
        handlers.Add<ListWorkflowExecutionsRequest, ListWorkflowExecutionsResponse>("ListWorkflowExecutions", request =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            var skip = request.NextPageToken.IsEmpty ? 0 : BitConverter.ToInt32(request.NextPageToken.Span);
            var size = request.PageSize is > 0 and < DefaultPage ? request.PageSize : DefaultPage;
            var page = engine.Store.Visibility.Scan(ns.Name, Filter(request.Query)).Skip(skip).Take(size).ToList();
            var response = new ListWorkflowExecutionsResponse();
            response.Executions.AddRange(page.Select(record => ExecutionDescription.ToInfo(ns, record)));
            if (page.Count == size)
            {
                response.NextPageToken = ByteString.CopyFrom(BitConverter.GetBytes(skip + size));
            }

            return response;
        });
        handlers.Add<CountWorkflowExecutionsRequest, CountWorkflowExecutionsResponse>("CountWorkflowExecutions", request =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            return new CountWorkflowExecutionsResponse { Count = engine.Store.Visibility.Scan(ns.Name, Filter(request.Query)).Count() };
        });
    }

    /// <summary>Equalities joined by AND.</summary>
    private static Func<VisibilityRecord, bool> Filter(string query)
    {
        List<Func<VisibilityRecord, bool>> all = [];
        foreach (Match match in Equality().Matches(query))
        {
            var value = match.Groups["value"].Value;
            all.Add(match.Groups["name"].Value switch
            {
                "WorkflowId" => record => record.WorkflowId == value,
                "RunId" => record => record.RunId == value,
                "WorkflowType" => record => record.WorkflowType == value,
                "TaskQueue" => record => record.TaskQueue == value,
                "ExecutionStatus" => record => record.Status.ToString() == value,
                _ => record => record.SearchAttributes?.IndexedFields.TryGetValue(match.Groups["name"].Value, out var payload) == true
                    && payload.Data.ToStringUtf8() == System.Text.Json.JsonSerializer.Serialize(value),
            });
        }

        return record => all.TrueForAll(condition => condition(record));
    }

    [GeneratedRegex("(?<name>\\w+)\\s*=\\s*['\"](?<value>[^'\"]*)['\"]")]
    private static partial Regex Equality();
}
