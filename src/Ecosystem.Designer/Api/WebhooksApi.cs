using Ecosystem.Designer.Identity;
using Ecosystem.Workflows;
using Ecosystem.Workflows.Integration.Webhooks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ecosystem.Designer.Api;

/// <summary><c>/webhooks</c>: where events are sent to, and how that goes. Signed as Standard Webhooks 1.0; bodies are CloudEvents 1.0.</summary>
internal static class WebhooksApi
{
    private const string Owners = $"{Roles.Ops},{Roles.Admin},{Roles.Partner}";

    /// <summary>A webhook to make.</summary>
    internal sealed record NewWebhook(string? Url, IReadOnlyList<string>? Events);

    /// <summary>Which delivery to send again; none for all that failed.</summary>
    internal sealed record Redeliver(string? DeliveryId = null);

    /// <summary>How many deliveries are sent again.</summary>
    internal sealed record Redelivered(int Deliveries);

    /// <summary>Maps the calls.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        var read = Access.Read("webhooks", Owners);
        var write = Access.Write("webhooks", Owners);
        var webhooks = api.MapGroup("/webhooks").WithTags("Webhooks");
        webhooks.MapGet("", ListAsync).RequireAuthorization(read).WithSummary("Lists webhooks");
        webhooks.MapPost("", AddAsync).RequireAuthorization(write).WithSummary("Makes a webhook; its secret is shown only in this answer");
        webhooks.MapGet("/{id}", GetAsync).RequireAuthorization(read).WithSummary("Shows one webhook");
        webhooks.MapDelete("/{id}", DeleteAsync).RequireAuthorization(write).WithSummary("Deletes a webhook with its deliveries");
        webhooks.MapPost("/{id}/secret", ChangeSecretAsync).RequireAuthorization(write).WithSummary("Gives a new secret; the old one signs too for a day");
        webhooks.MapGet("/{id}/deliveries", DeliveriesAsync).RequireAuthorization(read).WithSummary("Lists deliveries, the latest event first");
        webhooks.MapPost("/{id}/redeliver", (string id, Redeliver? body, WebhookService service, HttpContext http, CancellationToken ct) => RedeliverAsync(id, body?.DeliveryId, service, http, ct))
            .RequireAuthorization(write).WithSummary("Sends one delivery again, or all that failed, and takes a disabled webhook up again");
        webhooks.MapPost("/{id}/deliveries/{delivery}/redeliver", (string id, string delivery, WebhookService service, HttpContext http, CancellationToken ct) => RedeliverAsync(id, delivery, service, http, ct))
            .RequireAuthorization(write).WithSummary("Sends a delivery again");
    }

    private static async Task<Ok<Page<WebhookView>>> ListAsync(WebhookService webhooks, HttpContext http, string? cursor, int? limit, CancellationToken ct) =>
        TypedResults.Ok(await webhooks.ListAsync(Lists.Page(cursor, limit), http.Actor(), ct));

    private static async Task<Results<Created<WebhookSecret>, ProblemHttpResult>> AddAsync(NewWebhook body, WebhookService webhooks, HttpContext http, CancellationToken ct)
    {
        var result = await webhooks.AddAsync(body.Url, body.Events, http.Actor(), IdempotencyKey.Id(http, "whk-"), ct);
        return result.TryGet(out var made) ? TypedResults.Created($"{ApiSetup.Root}/webhooks/{made.Webhook.Id}", made) : ApiProblem.From(result);
    }

    private static async Task<Results<Ok<WebhookView>, ProblemHttpResult>> GetAsync(string id, WebhookService webhooks, HttpContext http, CancellationToken ct) =>
        EntityId.IsValid(id) && await webhooks.GetAsync(new WebhookId(id), http.Actor(), ct) is { } webhook ? TypedResults.Ok(webhook) : ApiProblem.NotFound("webhook", id);

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(string id, WebhookService webhooks, HttpContext http, CancellationToken ct)
    {
        var result = await For(id, webhook => webhooks.DeleteAsync(webhook, http.Actor(), ct));
        return result.IsSuccess ? TypedResults.NoContent() : ApiProblem.From(result);
    }

    private static async Task<Results<Ok<WebhookSecret>, ProblemHttpResult>> ChangeSecretAsync(string id, WebhookService webhooks, HttpContext http, CancellationToken ct)
    {
        var result = await For(id, webhook => webhooks.ChangeSecretAsync(webhook, http.Actor(), ct));
        return result.TryGet(out var changed) ? TypedResults.Ok(changed) : ApiProblem.From(result);
    }

    private static async Task<Results<Ok<Page<WebhookDeliveryView>>, ProblemHttpResult>> DeliveriesAsync(
        string id, WebhookService webhooks, HttpContext http, WebhookDeliveryState? state, string? cursor, int? limit, CancellationToken ct)
    {
        var (start, count) = Lists.Window(cursor, limit);
        var result = await For(id, webhook => webhooks.DeliveriesAsync(webhook, state, start, count + 1, http.Actor(), ct));
        return result.TryGet(out var found) ? TypedResults.Ok(Lists.Cut(found, start, count)) : ApiProblem.From(result);
    }

    private static async Task<Results<Accepted<Redelivered>, ProblemHttpResult>> RedeliverAsync(string id, string? delivery, WebhookService webhooks, HttpContext http, CancellationToken ct)
    {
        var result = await For(id, webhook => webhooks.RedeliverAsync(webhook, delivery, http.Actor(), ct));
        return result.TryGet(out var count) ? TypedResults.Accepted($"{ApiSetup.Root}/webhooks/{id}/deliveries", new Redelivered(count)) : ApiProblem.From(result);
    }

    private static Task<Result<T>> For<T>(string id, Func<WebhookId, Task<Result<T>>> act) =>
        EntityId.IsValid(id) ? act(new WebhookId(id)) : Task.FromResult<Result<T>>(Refusal.NotFound("webhook", id));
}
