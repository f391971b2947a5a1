using System.Text.Json;
using System.Text.Json.Nodes;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Ecosystem.Workflows.Definitions;

/// <summary>Takes HTTP requests for definitions: those that start a case, and those a case waits for. As in Elsa, the caller waits while the case goes on by itself.</summary>
public sealed class HttpTrigger
{
    internal const string ResponseQuery = "httpResponse";
    internal const string ResponseUpdate = "httpAnswer";
    private const int LongestSubject = 100;
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan UntilStarted = TimeSpan.FromMilliseconds(20);
    private readonly StorageSession storage;
    private readonly CaseLauncher launcher;
    private readonly CaseWriter writer;
    private readonly Func<ITemporalClient> client;
    private readonly TimeProvider clock;

    internal HttpTrigger(StorageSession storage, CaseLauncher launcher, CaseWriter writer, Func<ITemporalClient> client, TimeProvider clock) =>
        (this.storage, this.launcher, this.writer, this.client, this.clock) = (storage, launcher, writer, client, clock);

    /// <summary>Takes a request.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path below where definitions listen, without a slash in front.</param>
    /// <param name="request">What the activity puts out: <c>queryStringData</c>, <c>headers</c>, <c>parsedContent</c>, …</param>
    /// <param name="correlationId">Which case is meant among those that wait, and by what a case that starts is known; null when the caller does not say.</param>
    /// <param name="authenticated">Whether the caller is known.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What to answer.</returns>
    public async Task<HttpAnswer> TakeAsync(string method, string path, JsonObject request, string? correlationId, bool authenticated, CancellationToken cancellationToken = default)
    {
        var name = path.Trim('/');
        var triggers = await storage.ReadAsync(
            (db, token) => db.Set<TriggerRecord>().AsNoTracking().Where(trigger => trigger.Kind == TriggerKind.Http).ToListAsync(token), cancellationToken);
        var found = Closest(triggers.Where(row => row.Methods.Contains($"|{method.ToUpperInvariant()}|", StringComparison.Ordinal)), row => row.Name, name);
        return found switch
        {
            [] => await ResumeAsync(method, name, request, correlationId, authenticated, cancellationToken),
            [var (trigger, values)] => trigger.Methods.Contains(TriggerRecord.Authorized, StringComparison.Ordinal) && !authenticated
                ? new HttpAnswer(401)
                : await StartAsync(trigger, values, request, correlationId ?? name, cancellationToken),
            _ => Ambiguous("processes"),
        };
    }

    private async Task<HttpAnswer> StartAsync(TriggerRecord trigger, JsonObject values, JsonObject request, string subject, CancellationToken cancellationToken)
    {
        request["routeData"] = values;
        var id = await storage.WriteAsync(
            (db, token) => launcher.AddAsync(
                db, trigger.DefinitionId, new Subject("request", subject.Length <= LongestSubject ? subject : subject[..LongestSubject]), input: new JsonObject { ["HttpRequest"] = request.DeepClone() },
                caseId: CaseId.New(clock.GetUtcNow()), triggerActivityId: trigger.ActivityId, cancellationToken: token),
            cancellationToken);
        return await AnswerOfAsync(id, null, cancellationToken);
    }

    private async Task<HttpAnswer> ResumeAsync(string method, string name, JsonObject request, string? correlationId, bool authenticated, CancellationToken cancellationToken)
    {
        var waiting = await storage.ReadAsync(
            (db, token) => db.Set<EventSubscription>().AsNoTracking()
                .Where(row => row.Name.StartsWith(HttpTopic.Prefix) && (correlationId == null || row.CorrelationId == correlationId))
                .Select(row => new { row.CaseId, row.Name }).Distinct().ToListAsync(token),
            cancellationToken);
        var topics = waiting.Select(row => (row.CaseId, Topic: HttpTopic.Parse(row.Name))).Where(row => row.Topic.Methods.Contains(method.ToUpperInvariant(), StringComparer.Ordinal));
        var found = Closest(topics, row => row.Topic.Path, name);
        if (found is not [var ((caseId, topic), values)])
        {
            return found.Count == 0 ? new HttpAnswer(404) : Ambiguous("cases");
        }

        if (topic.Authorize && !authenticated)
        {
            return new HttpAnswer(401);
        }

        request["routeData"] = values;
        var key = EntityId.New("request-", clock.GetUtcNow());
        await storage.WriteAsync((db, token) => writer.PublishAsync(db, new PublishedEvent(topic.ToString(), request) { OnlyCase = caseId, Key = key }, token), cancellationToken);
        return await AnswerOfAsync(caseId, $"{key}/{caseId.Value}", cancellationToken);
    }

    // The path with the fewest variable parts is meant; several that are equal are several.
    private static List<(T Row, JsonObject Values)> Closest<T>(IEnumerable<T> rows, Func<T, string> template, string path)
    {
        var matching = rows.Select(row => (Row: row, Values: HttpTopic.Match(template(row), path))).Where(found => found.Values is not null).ToList();
        return [.. matching.Where(found => found.Values!.Count == matching.Min(other => other.Values!.Count)).Select(found => (found.Row, found.Values!))];
    }

    private static HttpAnswer Ambiguous(string what) => Problem($"More than one of our {what} listen to this request; the call is ambiguous.");

    private static HttpAnswer Problem(string message, CaseId? caseId = null) =>
        new(500, new JsonObject { ["errorMessage"] = message }.ToJsonString(), "application/json", null, caseId);

    // The case tells when it has an answer or goes no further; nobody waits longer than patience lasts.
    private async Task<HttpAnswer> AnswerOfAsync(CaseId id, string? request, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await ProgressAsync(client().GetWorkflowHandle(id.Value), request, both.Token) switch
            {
                { Response: { } response } => Written(response, id),
                { Settled: true, Failed: true } => Problem("The process failed.", id),
                { Settled: true, Running: false } => new HttpAnswer(200, CaseId: id),
                _ => new HttpAnswer(202, CaseId: id),
            };
        }
        catch (Exception exception) when (exception is OperationCanceledException or WorkflowUpdateRpcTimeoutOrCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return new HttpAnswer(202, CaseId: id);
        }
    }

    private async Task<HttpProgress> ProgressAsync(WorkflowHandle handle, string? request, CancellationToken cancellationToken)
    {
        var rpc = new RpcOptions { CancellationToken = cancellationToken };
        while (true)
        {
            try
            {
                return await handle.ExecuteUpdateAsync<HttpProgress>(ResponseUpdate, [request], new WorkflowUpdateOptions { Rpc = rpc });
            }
            catch (Exception exception) when (exception is WorkflowUpdateFailedException || exception is RpcException { Code: RpcException.StatusCode.NotFound or RpcException.StatusCode.FailedPrecondition })
            {
                // Either it has ended, and can be asked, or the outbox has not started it yet.
                if (await EndedAsync(handle, request, rpc) is { } end)
                {
                    return end;
                }

                await Task.Delay(UntilStarted, clock, cancellationToken);
            }
        }
    }

    private static async Task<HttpProgress?> EndedAsync(WorkflowHandle handle, string? request, RpcOptions rpc)
    {
        try
        {
            return await handle.QueryAsync<HttpProgress>(ResponseQuery, [request], new WorkflowQueryOptions { Rpc = rpc }) is { Settled: true } end ? end : null;
        }
        catch (RpcException failure) when (failure.Code is RpcException.StatusCode.NotFound or RpcException.StatusCode.FailedPrecondition)
        {
            return null;
        }
    }

    private static HttpAnswer Written(JsonObject response, CaseId id)
    {
        var headers = (response["headers"] as JsonObject ?? []).ToDictionary(pair => pair.Key, Header, StringComparer.OrdinalIgnoreCase);
        var isText = response["content"] is JsonValue text && text.GetValueKind() == JsonValueKind.String;
        var content = isText ? response["content"]!.GetValue<string>() : response["content"]?.ToJsonString();
        var type = response.Text("contentType") is { Length: > 0 } given ? given : isText ? "text/plain" : "application/json";
        return new HttpAnswer((int)(response.Number("statusCode") ?? 200), content, content is null ? null : type, headers, id);
    }

    // Elsa's headers hold a list of values.
    private static string Header(KeyValuePair<string, JsonNode?> header) =>
        header.Value is JsonArray values ? string.Join(',', values.Select(value => value?.ToString())) : header.Value?.ToString() ?? "";
}
