using System.Text.Json.Nodes;
using Ecosystem.Workflows.Deals;
using Ecosystem.Workflows.Integration.Outbox;
using Ecosystem.Workflows.Integration.Webhooks;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Tests.Integration;

public sealed class WebhookFanOutTests : LifecycleTest
{
    [Fact]
    public async Task DomainEvents_OfADeal_GoToTheVendorAndToItsPartnerOnlyOnce()
    {
        var (north, south) = (await ActivePartnerAsync("north"), await ActivePartnerAsync("south"));
        var vendor = await AddAsync(Ops, "deal.*");
        var owner = await AddAsync(Actor.OfPartner("u-north", "Nora", north), "deal.*");
        var other = await AddAsync(Actor.OfPartner("u-south", "Sam", south), "*");
        var other2 = await AddAsync(Ops, "payout.released");
        var deal = (await Get<DealService>().RegisterAsync(Registration(north), System)).Value.DealId;

        var fanOut = new WebhookFanOut(Storage, Get<WebhookSender>());
        var events = await Storage.ReadAsync((db, token) => db.Set<OutboxMessage>().Where(message => message.Kind == OutboxKind.Event && message.Key == deal.Value).ToListAsync(token));
        Assert.NotEmpty(events);
        foreach (var message in events.Concat(events))
        {
            Assert.Equal(DeliveryState.Delivered, (await fanOut.DeliverAsync(message, TestContext.Current.CancellationToken)).State);
        }

        var deliveries = await Storage.ReadAsync((db, token) => db.Set<WebhookDelivery>().ToListAsync(token));
        Assert.Equal(events.Count, deliveries.Count(delivery => delivery.WebhookId == vendor));
        Assert.Equal(events.Count, deliveries.Count(delivery => delivery.WebhookId == owner));
        Assert.DoesNotContain(deliveries, delivery => delivery.WebhookId == other || delivery.WebhookId == other2);
        var body = JsonNode.Parse(deliveries.First(delivery => delivery.EventType == "deal.submitted").BodyJson)!;
        Assert.Equal(($"deal/{deal}", "deal.submitted", deal.Value), ((string?)body["subject"], (string?)body["type"], (string?)body["data"]!["dealId"]));
    }

    [Fact]
    public async Task DomainEvent_AboutADealAndAllWhoShareIt_StaysWithTheVendor()
    {
        var north = await ActivePartnerAsync("north");
        var vendor = await AddAsync(Ops, "deal.*");
        await AddAsync(Actor.OfPartner("u-north", "Nora", north), "*");
        var deal = (await Get<DealService>().RegisterAsync(Registration(north), System)).Value.DealId;
        await Storage.WriteAsync((db, _) =>
        {
            Get<Audit>().Add(db, System, "deal.credited", deal, null, new { credits = new[] { new { partnerId = "ptn-other", amount = 100 } } });
            return Task.CompletedTask;
        });
        var credited = await Storage.ReadAsync((db, token) => db.Set<OutboxMessage>().SingleAsync(message => message.PayloadJson.Contains("deal.credited"), token));
        await new WebhookFanOut(Storage, Get<WebhookSender>()).DeliverAsync(credited, TestContext.Current.CancellationToken);

        Assert.Equal([vendor], await Storage.ReadAsync((db, token) => db.Set<WebhookDelivery>().Select(delivery => delivery.WebhookId).ToListAsync(token)));
    }

    private async Task<WebhookId> AddAsync(Actor actor, string events)
    {
        var made = await Get<WebhookService>().AddAsync("https://receiver.example/hook", [events], actor);
        Assert.True(made.IsSuccess, made.Refusal?.Message);
        return made.Value.Webhook.Id;
    }
}
