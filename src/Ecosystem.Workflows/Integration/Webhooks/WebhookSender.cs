using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Workflows.Integration.Webhooks;

/// <summary>
/// Sends deliveries: at least once, several at a time, each again after a while when the receiver does not take it, for about three days;
/// then the webhook is disabled until somebody asks for its deliveries again. One that answers 410 Gone is disabled at once.
/// </summary>
/// <param name="storage">The database.</param>
/// <param name="leases">Say which process sends.</param>
/// <param name="options">Time-outs and whom to call.</param>
/// <param name="clock">The application's time, for what is stored. Signatures carry the machine's: receivers compare it with theirs.</param>
/// <param name="woken">Wakes it.</param>
/// <param name="logger">The log.</param>
internal sealed partial class WebhookSender(
    StorageSession storage, Leases leases, WebhookOptions options, TimeProvider clock, [FromKeyedServices(WebhooksServices.Key)] WorkSignal woken, ILogger<WebhookSender> logger)
    : PollingService(leases, Lease.Webhooks, woken, IdlePoll)
{
    private const int BatchSize = 64;
    private const int Parallelism = 8;
    private const int MaxError = 500;
    private static readonly TimeSpan IdlePoll = TimeSpan.FromSeconds(1);

    // As Standard Webhooks recommends.
    private static readonly TimeSpan[] Delays =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    private readonly HttpClient client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        ConnectTimeout = options.Timeout,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        MaxResponseHeadersLength = 64,
        ConnectCallback = (context, cancellationToken) => WebhookAddress.ConnectAsync(context, options.AllowPrivateNetworks, cancellationToken),
    })
    {
        Timeout = options.Timeout,
    };

    public override void Dispose()
    {
        base.Dispose();
        client.Dispose();
    }

    /// <summary>Sends what is due.</summary>
    /// <returns>True when something was, so that there may be more.</returns>
    internal override async Task<bool> PassAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var due = await storage.ReadAsync(
            (db, token) => (from delivery in db.Set<WebhookDelivery>()
                            join webhook in db.Set<Webhook>() on delivery.WebhookId equals webhook.Id
                            where delivery.NextAttemptAt <= now && webhook.DisabledAt == null
                            orderby delivery.NextAttemptAt
                            select new { Delivery = delivery, Webhook = webhook }).Take(BatchSize).ToListAsync(token),
            cancellationToken);
        await Parallel.ForEachAsync(
            due,
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
            async (item, token) => await RecordAsync(item.Delivery, await SendAsync(item.Webhook, item.Delivery, token)));
        return due.Count > 0;
    }

    protected override void Failed(Exception error) => LogFailed(logger, error, IdlePoll);

    private async Task<Answer> SendAsync(Webhook webhook, WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var at = TimeProvider.System.GetUtcNow();
        IEnumerable<string> secrets = webhook.OldSecret is { } old && clock.GetUtcNow() < webhook.OldSecretUntil ? [webhook.Secret, old] : [webhook.Secret];
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url);
        request.Content = new StringContent(delivery.BodyJson, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Ecosystem-Webhooks", "1.0"));
        request.Headers.Add("webhook-id", delivery.Id);
        request.Headers.Add("webhook-timestamp", at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", WebhookSignature.Sign(delivery.Id, at, delivery.BodyJson, secrets));
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return new Answer(response.StatusCode, response.IsSuccessStatusCode ? null : $"The receiver answered {(int)response.StatusCode} {response.ReasonPhrase}.", WaitAsked(response));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Answer(null, $"The receiver did not answer within {options.Timeout.TotalSeconds:0} seconds.", null);
        }
        catch (HttpRequestException error)
        {
            return new Answer(null, error.InnerException is null ? error.Message : $"{error.Message} {error.InnerException.Message}", null);
        }
    }

    private static TimeSpan? WaitAsked(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable ? response.Headers.RetryAfter?.Delta : null;

    // Not cancellable: what was taken by the receiver is to be recorded even while the process stops.
    private Task RecordAsync(WebhookDelivery sent, Answer answer) => storage.WriteAsync(async (db, token) =>
    {
        var now = clock.GetUtcNow();
        if (await db.FindAsync<WebhookDelivery>([sent.Id], token) is not { } delivery || await db.FindAsync<Webhook>([sent.WebhookId], token) is not { } webhook)
        {
            return;
        }

        delivery.Attempts++;
        delivery.LastAttemptAt = now;
        delivery.LastStatus = (int?)answer.Status;
        delivery.ErrorText = answer.Error is { Length: > MaxError } tooLong ? tooLong[..MaxError] : answer.Error;
        if (answer.Error is null)
        {
            (delivery.State, delivery.NextAttemptAt) = (WebhookDeliveryState.Delivered, null);
        }
        else if (answer.Status == HttpStatusCode.Gone || delivery.Attempts > Delays.Length)
        {
            (delivery.State, delivery.NextAttemptAt) = (WebhookDeliveryState.Failed, null);
            webhook.DisabledAt ??= now;
            webhook.DisabledText ??= answer.Status == HttpStatusCode.Gone ? "The receiver answered 410 Gone." : $"Delivery {delivery.Id} was not taken in {delivery.Attempts} attempts.";
            LogGivenUp(logger, delivery.Id, delivery.WebhookId, delivery.Attempts, answer.Status);
        }
        else
        {
            var delay = Delays[delivery.Attempts - 1];
            delivery.NextAttemptAt = now + (answer.Wait is { } asked && asked > delay && asked <= Delays[^1] ? asked : delay);
            LogRetry(logger, delivery.Id, delivery.WebhookId, delivery.Attempts, delivery.NextAttemptAt.Value, answer.Status);
        }
    });

    private readonly record struct Answer(HttpStatusCode? Status, string? Error, TimeSpan? Wait);
}
