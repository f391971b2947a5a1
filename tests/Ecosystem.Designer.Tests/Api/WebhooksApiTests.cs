using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Ecosystem.Workflows.Integration.Outbox;
using Ecosystem.Workflows.Integration.Webhooks;
using Ecosystem.Workflows.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Designer.Tests.Api;

/// <summary>Events reach a receiver signed, once per event whatever the answer, in the shape of CloudEvents and Standard Webhooks.</summary>
public sealed class WebhooksApiTests(HostFixture host) : IAsyncLifetime
{
    private readonly string _event = $"test-{Guid.NewGuid():N}";
    private WebhookReceiver _receiver = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _receiver = await WebhookReceiver.StartAsync();

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Fact]
    public async Task Event_OfAWantedType_IsSentSignedWithWhatBelongsToIt()
    {
        using var ops = await host.ProgramAsync("ops");
        var (id, secret) = await AddAsync(ops, $"{_event}.*");
        var eventId = await RaiseAsync(new { type = $"{_event}.won", dealId = "deal-1", partnerId = "ptn-1", amount = "12.50" });
        await RaiseAsync(new { type = "other.thing", dealId = "deal-2" });
        var call = await _receiver.NextAsync(Ct);

        Assert.Equal(WebhookSignature.Sign(call.Id, call.At, call.Body, secret), call.Signature);
        Assert.InRange(call.At, DateTimeOffset.UtcNow.AddMinutes(-2), DateTimeOffset.UtcNow.AddMinutes(2));
        var body = JsonDocument.Parse(call.Body).RootElement;
        Assert.Equal(("1.0", eventId, $"{_event}.won"), (Text(body, "specversion"), Text(body, "id"), Text(body, "type")));
        Assert.Equal(Text(body, "time"), Text(body, "timestamp"));
        Assert.Equal(["dealId", "partnerId", "amount"], body.GetProperty("data").EnumerateObject().Select(field => field.Name));

        var delivery = await UntilAsync(ops, id, found => Text(found, "state") == "delivered");
        Assert.Equal((call.Id, 1, 200), (Text(delivery, "id"), delivery.GetProperty("attempts").GetInt32(), delivery.GetProperty("lastStatus").GetInt32()));
        Assert.Equal(call.Body, Text(delivery, "body"));
    }

    [Fact]
    public async Task Receiver_Fails_IsTriedAgainOnDemandWithTheSameId()
    {
        using var ops = await host.ProgramAsync("ops");
        _receiver.Answer = HttpStatusCode.InternalServerError;
        var (id, _) = await AddAsync(ops, _event);
        await RaiseAsync(new { type = _event });
        var first = await _receiver.NextAsync(Ct);
        var failed = await UntilAsync(ops, id, found => found.GetProperty("attempts").GetInt32() == 1);
        Assert.Equal(("pending", 500), (Text(failed, "state"), failed.GetProperty("lastStatus").GetInt32()));
        Assert.NotEqual(JsonValueKind.Null, failed.GetProperty("nextAttemptAt").ValueKind);

        _receiver.Answer = HttpStatusCode.NoContent;
        using var again = await ops.PostAsync($"/api/v1/webhooks/{id}/deliveries/{first.Id}/redeliver", null, Ct);
        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
        Assert.Equal(first.Id, (await _receiver.NextAsync(Ct)).Id);
        await UntilAsync(ops, id, found => Text(found, "state") == "delivered");
    }

    [Fact]
    public async Task Receiver_IsGone_DisablesUntilRedelivered()
    {
        using var ops = await host.ProgramAsync("ops");
        _receiver.Answer = HttpStatusCode.Gone;
        var (id, _) = await AddAsync(ops, _event);
        await RaiseAsync(new { type = _event });
        await _receiver.NextAsync(Ct);
        await UntilAsync(ops, id, found => Text(found, "state") == "failed");
        Assert.Contains("410", Text(await ops.GetFromJsonAsync<JsonElement>($"/api/v1/webhooks/{id}", Ct), "disabledBecause"), StringComparison.Ordinal);

        _receiver.Answer = HttpStatusCode.OK;
        using var again = await ops.PostAsJsonAsync($"/api/v1/webhooks/{id}/redeliver", new { }, Ct);
        Assert.Equal(1, (await again.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("deliveries").GetInt32());
        await _receiver.NextAsync(Ct);
        Assert.Equal(JsonValueKind.Null, (await ops.GetFromJsonAsync<JsonElement>($"/api/v1/webhooks/{id}", Ct)).GetProperty("disabledAt").ValueKind);
    }

    [Fact]
    public async Task Secret_Changed_OldOneSignsTooForADay()
    {
        using var ops = await host.ProgramAsync("ops");
        var (id, old) = await AddAsync(ops, _event);
        using var changed = await ops.PostAsync($"/api/v1/webhooks/{id}/secret", null, Ct);
        var fresh = Text(await changed.Content.ReadFromJsonAsync<JsonElement>(Ct), "secret");
        await RaiseAsync(new { type = _event });
        var call = await _receiver.NextAsync(Ct);
        Assert.Equal(WebhookSignature.Sign(call.Id, call.At, call.Body, fresh, old), call.Signature);
    }

    [Fact]
    public async Task Partner_GetsAndSeesItsOwnOnly()
    {
        using var ops = await host.ProgramAsync("ops");
        using var one = await host.ProgramAsync("partner", "*", "ptn-webhook-one");
        using var other = await host.ProgramAsync("partner", "*", "ptn-webhook-other");
        var (id, _) = await AddAsync(one, "*");
        await RaiseAsync(new { type = _event, partnerId = "ptn-webhook-other" });
        await RaiseAsync(new { type = _event });
        await RaiseAsync(new { type = _event, partnerId = "ptn-webhook-one" });
        Assert.Contains("ptn-webhook-one", (await _receiver.NextAsync(Ct)).Body, StringComparison.Ordinal);
        await UntilAsync(one, id, found => Text(found, "state") == "delivered");

        foreach (var path in (string[])[$"webhooks/{id}", $"webhooks/{id}/deliveries"])
        {
            using var read = await other.GetAsync($"/api/v1/{path}", Ct);
            Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
        }

        using var deleted = await other.DeleteAsync($"/api/v1/webhooks/{id}", Ct);
        Assert.Equal(HttpStatusCode.NotFound, deleted.StatusCode);
        using var mine = await one.DeleteAsync($"/api/v1/webhooks/{id}", Ct);
        Assert.Equal(HttpStatusCode.NoContent, mine.StatusCode);
    }

    [Theory]
    [InlineData("ftp://receiver.example/hook", "deal.won", "url")]
    [InlineData("https://user:word@receiver.example/", "deal.won", "url")]
    [InlineData("/hook", "deal.won", "url")]
    [InlineData("https://receiver.example/hook", "Deal won", "events")]
    public async Task Add_WhatCannotWork_NamesTheField(string url, string events, string field)
    {
        using var ops = await host.ProgramAsync("ops");
        using var refused = await ops.PostAsJsonAsync("/api/v1/webhooks", new { url, events = new[] { events } }, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.True((await refused.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("errors").TryGetProperty(field, out _));
    }

    private async Task<string> RaiseAsync(object payload)
    {
        var outbox = host.Services.GetRequiredService<Outbox>();
        return await host.Services.GetRequiredService<StorageSession>().WriteAsync((db, _) => Task.FromResult(outbox.Add(db, OutboxKind.Event, _event, payload)), Ct);
    }

    private async Task<(string Id, string Secret)> AddAsync(HttpClient client, string events)
    {
        using var made = await client.PostAsJsonAsync("/api/v1/webhooks", new { url = _receiver.Url, events = new[] { events } }, Ct);
        Assert.True(made.StatusCode == HttpStatusCode.Created, await made.Content.ReadAsStringAsync(Ct));
        var answer = await made.Content.ReadFromJsonAsync<JsonElement>(Ct);
        return (Text(answer.GetProperty("webhook"), "id"), Text(answer, "secret"));
    }

    private static async Task<JsonElement> UntilAsync(HttpClient client, string id, Predicate<JsonElement> holds)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            var items = (await client.GetFromJsonAsync<JsonElement>($"/api/v1/webhooks/{id}/deliveries", limit.Token)).GetProperty("items");
            if (items.EnumerateArray().SingleOrDefault() is { ValueKind: JsonValueKind.Object } only && holds(only))
            {
                return only;
            }

            await Task.Delay(20, limit.Token);
        }
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
