using System.Collections.Concurrent;
using Ecosystem.Workflows.Integration.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Workflows.Tests.Integration;

public class OutboxDispatcherTests : EcosystemTest
{
    private readonly RecordingDelivery delivery = new();

    protected override void Configure(IServiceCollection collection, IDictionary<string, string?> settings) => collection
        .AddSingleton<IOutboxDelivery>(delivery)
        .AddSingleton<OutboxDispatcher>();

    [Fact]
    public async Task Dispatch_ManyKeys_KeepsTheOrderWithinEach()
    {
        await AddAsync(Enumerable.Range(0, 2000).Select(i => ($"k{i % 50}", $"{i}")));
        await RunAsync();
        Assert.Equal(2000, delivery.Delivered.Count);
        foreach (var key in delivery.Delivered.GroupBy(entry => entry.Key))
        {
            Assert.Equal(key.Select(entry => int.Parse(entry.Payload.Trim('"'), null)).Order(), key.Select(entry => int.Parse(entry.Payload.Trim('"'), null)));
        }

        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task Dispatch_FailingMessage_HoldsBackItsKeyOnlyAndComesThrough()
    {
        delivery.Fails = (message, attempt) => message.PayloadJson == "\"bad\"" && attempt < 3 ? DeliveryOutcome.Retry("not yet") : DeliveryOutcome.Delivered;
        await AddAsync([("a", "bad"), ("a", "after"), ("b", "good")]);
        await RunAsync();
        Assert.Equal(["bad", "after"], delivery.Delivered.Where(entry => entry.Key == "a").Select(entry => entry.Payload.Trim('"')));
        Assert.Equal("b", delivery.Delivered.First().Key);
    }

    [Fact]
    public async Task Dispatch_ImpossibleMessage_IsParkedWithTheReasonAndOthersGoOn()
    {
        delivery.Fails = (message, _) => message.PayloadJson == "\"bad\"" ? DeliveryOutcome.Park("no such address") : DeliveryOutcome.Delivered;
        await AddAsync([("a", "bad"), ("a", "after")]);
        await RunAsync();
        Assert.Equal("after", Assert.Single(delivery.Delivered).Payload.Trim('"'));
        var parked = await Storage.ReadAsync((db, token) => db.Set<OutboxMessage>().SingleAsync(token));
        Assert.Equal(("no such address", 1), (parked.ErrorText, parked.Attempts));
        Assert.NotNull(parked.ParkedAt);
    }

    [Fact]
    public async Task Dispatch_KilledBeforeRecording_DeliversAgainUnderTheSameId()
    {
        await AddAsync([("a", "1")]);
        using var killed = new CancellationTokenSource();
        delivery.Fails = (_, _) =>
        {
            killed.Cancel();
            throw new OperationCanceledException(killed.Token);
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Get<OutboxDispatcher>().PassAsync(killed.Token));
        delivery.Fails = null;
        await RunAsync();
        Assert.Equal(2, delivery.Attempts.Single().Value);
        Assert.Single(delivery.Delivered);
    }

    [Fact]
    public async Task WaitUntilEmpty_NothingToDo_EndsAtOnce() => await Get<OutboxDispatcher>().WaitUntilEmptyAsync();

    private async Task RunAsync()
    {
        var dispatcher = Get<OutboxDispatcher>();
        await dispatcher.StartAsync(CancellationToken.None);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await dispatcher.WaitUntilEmptyAsync(limit.Token);
        await dispatcher.StopAsync(CancellationToken.None);
    }

    private Task AddAsync(IEnumerable<(string Key, string Payload)> messages) => Storage.WriteAsync((db, _) =>
    {
        foreach (var (key, payload) in messages)
        {
            Get<Outbox>().Add(db, OutboxKind.Event, key, payload);
        }

        return Task.CompletedTask;
    });

    private Task<int> CountAsync() => Storage.ReadAsync((db, token) => db.Set<OutboxMessage>().CountAsync(token));

    private sealed class RecordingDelivery : IOutboxDelivery
    {
        public ConcurrentQueue<(string Key, string Payload)> Delivered { get; } = [];

        public ConcurrentDictionary<string, int> Attempts { get; } = [];

        public Func<OutboxMessage, int, DeliveryOutcome>? Fails { get; set; }

        public OutboxKind Kind => OutboxKind.Event;

        public async Task<DeliveryOutcome> DeliverAsync(OutboxMessage message, CancellationToken cancellationToken)
        {
            await Task.Yield();
            var outcome = Fails?.Invoke(message, Attempts.AddOrUpdate(message.Id, 1, (_, count) => count + 1)) ?? CountAttempt(message);
            if (outcome.State == DeliveryState.Delivered)
            {
                Delivered.Enqueue((message.Key, message.PayloadJson));
            }

            return outcome;
        }

        private DeliveryOutcome CountAttempt(OutboxMessage message)
        {
            Attempts.AddOrUpdate(message.Id, 1, (_, count) => count + 1);
            return DeliveryOutcome.Delivered;
        }
    }
}
