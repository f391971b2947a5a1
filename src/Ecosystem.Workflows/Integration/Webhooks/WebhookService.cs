using System.Text.Json;
using System.Text.RegularExpressions;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Integration.Webhooks;

/// <summary>Webhooks: making, looking at, asking again. A partner's people see and make their own company's, which get that company's events only.</summary>
public sealed partial class WebhookService
{
    /// <summary>Characters of an address.</summary>
    public const int MaxUrl = 2000;

    /// <summary>Webhooks a company may have.</summary>
    public const int MaxWebhooks = 50;

    /// <summary>How long the old secret signs too after a change.</summary>
    public static readonly TimeSpan SecretOverlap = TimeSpan.FromHours(24);

    private readonly StorageSession storage;
    private readonly WebhookSender sender;
    private readonly WebhookOptions options;
    private readonly Audit audit;
    private readonly TimeProvider clock;

    internal WebhookService(StorageSession storage, WebhookSender sender, WebhookOptions options, Audit audit, TimeProvider clock) =>
        (this.storage, this.sender, this.options, this.audit, this.clock) = (storage, sender, options, audit, clock);

    /// <summary>Makes a webhook.</summary>
    /// <param name="url">Where events are sent to: https.</param>
    /// <param name="events">Event types such as <c>deal.won</c>, <c>deal.*</c> or <c>*</c>.</param>
    /// <param name="actor">Who makes it.</param>
    /// <param name="id">An id, so that asking again makes no second one; by default a new one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The webhook and its secret, or why not.</returns>
    public async Task<Result<WebhookSecret>> AddAsync(string? url, IReadOnlyList<string>? events, Actor actor, string? id = null, CancellationToken cancellationToken = default)
    {
        List<Refusal> refusals = [];
        if (url is not { Length: > 0 and <= MaxUrl } || !Uri.TryCreate(url, UriKind.Absolute, out var address) || !IsAllowed(address))
        {
            refusals.Add(new Refusal("webhook.url", $"'{url}' cannot be called: give an https address of at most {MaxUrl} characters, without user name or fragment.", "url"));
        }

        if (events is not { Count: > 0 and <= 100 } || events.Any(wanted => wanted is null || !EventPattern().IsMatch(wanted)))
        {
            refusals.Add(new Refusal("webhook.events", "events must name 1 to 100 types such as deal.won, deal.* for all of deals, or * for all.", "events"));
        }

        if (refusals.Count > 0)
        {
            return Result<WebhookSecret>.Refused(refusals);
        }

        return await storage.WriteAsync<Result<WebhookSecret>>(
            async (db, token) =>
            {
                if (id is not null && await db.FindAsync<Webhook>([new WebhookId(id)], token) is { } made)
                {
                    return new WebhookSecret(WebhookView.Of(made), made.Secret);
                }

                if (await db.Set<Webhook>().CountAsync(webhook => webhook.PartnerId == actor.Partner, token) >= MaxWebhooks)
                {
                    return new Refusal("webhook.too-many", $"There are {MaxWebhooks} webhooks already; delete one that is not needed.");
                }

                var now = clock.GetUtcNow();
                var webhook = new Webhook
                {
                    Id = new WebhookId(id ?? EntityId.New("whk-", now)),
                    Url = url!,
                    EventsJson = JsonSerializer.Serialize(events!.Distinct(StringComparer.Ordinal), StoredJson.Options),
                    PartnerId = actor.Partner,
                    Secret = WebhookSignature.NewSecret(),
                    CreatedBy = actor.Id,
                    CreatedAt = now,
                };
                db.Add(webhook);
                audit.Add(db, actor, "webhook.added", new Subject("webhook", webhook.Id.Value), null, new { host = new Uri(url!).Host, events });
                return new WebhookSecret(WebhookView.Of(webhook), webhook.Secret);
            },
            cancellationToken);
    }

    /// <summary>Gives a webhook a new secret. The old one signs too for a day.</summary>
    /// <param name="id">Which.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The webhook and its new secret, or why not.</returns>
    public Task<Result<WebhookSecret>> ChangeSecretAsync(WebhookId id, Actor actor, CancellationToken cancellationToken = default) => ChangeAsync(
        id,
        actor,
        (db, webhook) =>
        {
            (webhook.OldSecret, webhook.OldSecretUntil, webhook.Secret) = (webhook.Secret, clock.GetUtcNow() + SecretOverlap, WebhookSignature.NewSecret());
            audit.Add(db, actor, "webhook.secret-changed", new Subject("webhook", id.Value));
            return Task.FromResult<Result<WebhookSecret>>(new WebhookSecret(WebhookView.Of(webhook), webhook.Secret));
        },
        cancellationToken);

    /// <summary>Deletes a webhook with its deliveries.</summary>
    /// <param name="id">Which.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>True, or why not.</returns>
    public Task<Result<bool>> DeleteAsync(WebhookId id, Actor actor, CancellationToken cancellationToken = default) => ChangeAsync<bool>(
        id,
        actor,
        async (db, webhook) =>
        {
            await db.Set<WebhookDelivery>().Where(delivery => delivery.WebhookId == id).ExecuteDeleteAsync(cancellationToken);
            db.Remove(webhook);
            audit.Add(db, actor, "webhook.deleted", new Subject("webhook", id.Value));
            return true;
        },
        cancellationToken);

    /// <summary>Lists webhooks by id.</summary>
    /// <param name="page">Which page.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The page.</returns>
    public Task<Page<WebhookView>> ListAsync(PageRequest page, Actor actor, CancellationToken cancellationToken = default) => storage.ReadAsync(
        actor,
        async (db, token) => (await db.Set<Webhook>().PageById(webhook => webhook.Id, page).ToListAsync(token)).ToPage(page, WebhookView.Of, view => view.Id.Value),
        cancellationToken);

    /// <summary>Looks a webhook up.</summary>
    /// <param name="id">Which.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The webhook, or null when there is none or the actor may not see it.</returns>
    public Task<WebhookView?> GetAsync(WebhookId id, Actor actor, CancellationToken cancellationToken = default) => storage.ReadAsync(
        actor,
        async (db, token) => await db.Set<Webhook>().FirstOrDefaultAsync(webhook => webhook.Id == id, token) is { } found ? WebhookView.Of(found) : null,
        cancellationToken);

    /// <summary>Lists the deliveries of a webhook, the latest event first.</summary>
    /// <param name="id">Which.</param>
    /// <param name="state">Only those so far; null for all.</param>
    /// <param name="skip">How many later ones to leave out.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The deliveries, or why not.</returns>
    public Task<Result<IReadOnlyList<WebhookDeliveryView>>> DeliveriesAsync(
        WebhookId id, WebhookDeliveryState? state, int skip, int limit, Actor actor, CancellationToken cancellationToken = default) => storage.ReadAsync<Result<IReadOnlyList<WebhookDeliveryView>>>(
        actor,
        async (db, token) =>
        {
            if (!await db.Set<Webhook>().AnyAsync(webhook => webhook.Id == id, token))
            {
                return Refusal.NotFound("webhook", id);
            }

            var found = await db.Set<WebhookDelivery>().Where(delivery => delivery.WebhookId == id && (state == null || delivery.State == state))
                .OrderByDescending(delivery => delivery.CreatedAt).ThenBy(delivery => delivery.Id).Skip(skip).Take(limit).ToListAsync(token);
            return Result<IReadOnlyList<WebhookDeliveryView>>.Success([.. found.Select(WebhookDeliveryView.Of)]);
        },
        cancellationToken);

    /// <summary>Sends deliveries again, whatever became of them, and takes a disabled webhook up again.</summary>
    /// <param name="id">The webhook.</param>
    /// <param name="delivery">One delivery; null for all that failed.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many are sent again, or why not.</returns>
    public async Task<Result<int>> RedeliverAsync(WebhookId id, string? delivery, Actor actor, CancellationToken cancellationToken = default)
    {
        var result = await ChangeAsync<int>(
            id,
            actor,
            async (db, webhook) =>
            {
                var now = clock.GetUtcNow();
                var again = await db.Set<WebhookDelivery>()
                    .Where(row => row.WebhookId == id && (delivery == null ? row.State == WebhookDeliveryState.Failed : row.Id == delivery)).ToListAsync(cancellationToken);
                if (again.Count == 0 && delivery is not null)
                {
                    return Refusal.NotFound("delivery", delivery);
                }

                again.ForEach(row => (row.State, row.Attempts, row.NextAttemptAt) = (WebhookDeliveryState.Pending, 0, now));
                (webhook.DisabledAt, webhook.DisabledText) = (null, null);
                audit.Add(db, actor, "webhook.redelivered", new Subject("webhook", id.Value), null, new { deliveries = again.Count });
                return again.Count;
            },
            cancellationToken);
        sender.Wake();
        return result;
    }

    private bool IsAllowed(Uri address) =>
        (address.Scheme == Uri.UriSchemeHttps || (options.AllowPrivateNetworks && address.Scheme == Uri.UriSchemeHttp))
        && address.UserInfo.Length == 0 && address.Fragment.Length == 0;

    private Task<Result<T>> ChangeAsync<T>(WebhookId id, Actor actor, Func<EcosystemDbContext, Webhook, Task<Result<T>>> change, CancellationToken cancellationToken) =>
        storage.WriteAsync<Result<T>>(
            async (db, token) => await db.FindAsync<Webhook>([id], token) is { } webhook && (actor.Partner is null || actor.Partner == webhook.PartnerId)
                ? await change(db, webhook)
                : Refusal.NotFound("webhook", id),
            cancellationToken);

    [GeneratedRegex(@"\A(\*|[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)*(\.\*)?)\z", RegexOptions.NonBacktracking)]
    private static partial Regex EventPattern();
}
