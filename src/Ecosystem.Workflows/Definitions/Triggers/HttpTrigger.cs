using System.Text.Json;
using System.Text.Json.Nodes;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Ecosystem.Workflows.Definitions;

/// <summary>Takes HTTP requests for definitions: those that start a case, and those a case waits for.</summary>
public sealed class HttpTrigger
{
    internal const string ResponseQuery = "httpResponse";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly StorageSession storage;
    private readonly CaseLauncher launcher;
    private readonly CaseWriter writer;
    private readonly PlanSource plans;
    private readonly Func<ITemporalClient> client;
    private readonly TimeProvider clock;

    internal HttpTrigger(StorageSession storage, CaseLauncher launcher, CaseWriter writer, PlanSource plans, Func<ITemporalClient> client, TimeProvider clock) =>
        (this.storage, this.launcher, this.writer, this.plans, this.client, this.clock) = (storage, launcher, writer, plans, client, clock);

    /// <summary>Takes a request.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path below where definitions listen, without a slash in front.</param>
    /// <param name="request">What the activity puts out: <c>queryStringData</c>, <c>headers</c>, <c>parsedContent</c>, …</param>
    /// <param name="correlationId">For a request a case waits for: which case; null for all that wait at the path.</param>
    /// <param name="authenticated">Whether the caller is known.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What to answer; its status is 404 when nobody listens there.</returns>
    public async Task<HttpAnswer> TakeAsync(string method, string path, JsonObject request, string? correlationId, bool authenticated, CancellationToken cancellationToken = default)
    {
        var name = path.Trim('/');
        var triggers = await storage.ReadAsync(
            (db, token) => db.Set<TriggerRecord>().AsNoTracking().Where(trigger => trigger.Kind == TriggerKind.Http).ToListAsync(token), cancellationToken);
        var trigger = triggers
            .Where(row => row.Methods.Contains($"|{method.ToUpperInvariant()}|", StringComparison.Ordinal))
            .Select(row => (Row: row, Values: Match(row.Name, name)))
            .Where(found => found.Values is not null)
            .OrderBy(found => found.Values!.Count)
            .FirstOrDefault();
        if (trigger.Row is null)
        {
            return await ResumeAsync(name, request, correlationId, cancellationToken);
        }

        if (trigger.Row.Methods.Contains(TriggerRecord.Authorized, StringComparison.Ordinal) && !authenticated)
        {
            return new HttpAnswer(401, null, null, null, null);
        }

        request["routeData"] = trigger.Values;
        var id = await storage.WriteAsync(
            (db, token) => launcher.AddAsync(
                db, trigger.Row.DefinitionId, new Subject("request", name), input: new JsonObject { ["HttpRequest"] = request.DeepClone() },
                caseId: CaseId.New(clock.GetUtcNow()), triggerActivityId: trigger.Row.ActivityId, cancellationToken: token),
            cancellationToken);
        return await AnswerOfAsync(id, cancellationToken);
    }

    internal static string EventOf(string path) => "http:" + path.Trim('/').ToLowerInvariant();

    /// <summary>The values of a path's variable parts (<c>orders/{id}</c>); null when the path is another one.</summary>
    internal static JsonObject? Match(string template, string path)
    {
        var (wanted, given) = (template.Trim('/').Split('/'), path.Split('/'));
        if (wanted.Length != given.Length)
        {
            return null;
        }

        var values = new JsonObject();
        for (var i = 0; i < wanted.Length; i++)
        {
            if (wanted[i].StartsWith('{') && wanted[i].EndsWith('}') && given[i].Length > 0)
            {
                values[wanted[i][1..^1].Split(':')[0]] = Uri.UnescapeDataString(given[i]);
            }
            else if (!string.Equals(wanted[i], given[i], StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }
        }

        return values;
    }

    private async Task<HttpAnswer> ResumeAsync(string name, JsonObject request, string? correlationId, CancellationToken cancellationToken)
    {
        var topic = EventOf(name);
        var waits = await storage.WriteAsync(
            async (db, token) =>
            {
                var any = await db.Set<EventSubscription>().AnyAsync(row => row.Name == topic && (correlationId == null || row.CorrelationId == correlationId), token);
                if (any)
                {
                    await writer.PublishAsync(db, new PublishedEvent(topic, request) { CorrelationIds = correlationId is null ? null : [correlationId] }, token);
                }

                return any;
            },
            cancellationToken);
        return waits ? new HttpAnswer(202, null, null, null, null) : new HttpAnswer(404, null, null, null, null);
    }

    // Waits for what the definition writes as its response, when it writes one.
    private async Task<HttpAnswer> AnswerOfAsync(CaseId id, CancellationToken cancellationToken)
    {
        var hash = await storage.ReadAsync((db, token) => db.Set<CaseRecord>().Where(row => row.Id == id).Select(row => row.ContentHash).FirstAsync(token), cancellationToken);
        if (!plans.Get(hash).Nodes.Any(node => node.Type == "Elsa.WriteHttpResponse"))
        {
            return new HttpAnswer(202, null, null, null, id);
        }

        var until = clock.GetTimestamp();
        while (clock.GetElapsedTime(until) < Patience)
        {
            try
            {
                if (await client().GetWorkflowHandle(id.Value).QueryAsync<JsonObject?>(ResponseQuery, [], new WorkflowQueryOptions { Rpc = new RpcOptions { CancellationToken = cancellationToken } }) is { } response)
                {
                    var headers = (response["headers"] as JsonObject ?? []).ToDictionary(pair => pair.Key, pair => pair.Value?.ToString() ?? "", StringComparer.OrdinalIgnoreCase);
                    var content = response["content"] is JsonValue text && text.GetValueKind() == JsonValueKind.String ? text.GetValue<string>() : response["content"]?.ToJsonString();
                    return new HttpAnswer((int)(response.Number("statusCode") ?? 200), content, response.Text("contentType"), headers, id);
                }
            }
            catch (RpcException failure) when (failure.Code is RpcException.StatusCode.NotFound or RpcException.StatusCode.FailedPrecondition)
            {
                // The outbox has not started it yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), clock, cancellationToken);
        }

        return new HttpAnswer(202, null, null, null, id);
    }
}
