using System.Text.Json.Nodes;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Integration.Outbox;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Workflows.Tests.Definitions;

/// <summary>What is done to partners and deals reaches the cases that wait for it and starts the definitions that listen.</summary>
public sealed class DomainEventTests : CaseTest
{
    private static readonly PartnerId Partner = new("p-1");

    private static FlowBuilder Waiting(string id) => new FlowBuilder(id)
        .Add("wait", "Ecosystem.WaitForEvent", ("events", new[] { "deal.won", "deal.lost" }), ("timeout", "P90D"), ("@data", new JsonObject { ["typeName"] = "Object", ["memoryReference"] = new JsonObject { ["id"] = "event" } }))
        .Variable("event").Add("note", "Test.Note", ("text", "js:variables.event.type + ' ' + variables.event.dealId")).Arrows("wait.deal.won->note");

    [Fact]
    public async Task WaitForEvent_EventAboutTheCasesPartner_IsTakenAndNoOther()
    {
        await PublishAsync(Waiting("waiting").Build());
        var mine = await StartAsync("waiting", subject: Partner);
        var other = await StartAsync("waiting", subject: new PartnerId("p-2"));

        await DoAsync("deal.won", new DealId("deal-7"), new { partnerId = Partner });
        await DeliverEventsAsync();

        Assert.Equal(CaseStatus.Completed, (await CaseAsync(mine)).Status);
        Assert.Equal(CaseStatus.Running, (await CaseAsync(other)).Status);
        Assert.Equal(["deal.won deal-7"], Get<TestSteps>().Done);
        await ReplayAsync(mine);
    }

    [Fact]
    public async Task WaitForEvent_SecondOfItsEvents_IsItsOutcome()
    {
        await PublishAsync(Waiting("waiting").Arrows("wait.deal.lost->note").Build());
        var id = await StartAsync("waiting", subject: Partner);

        await DoAsync("deal.lost", new DealId("deal-7"), new { partnerId = Partner });
        await DeliverEventsAsync();

        Assert.Equal(["deal.lost deal-7"], Get<TestSteps>().Done);
        Assert.Equal(CaseStatus.Completed, (await CaseAsync(id)).Status);
        Assert.Equal(0, await Storage.ReadAsync((db, token) => db.Set<EventSubscription>().CountAsync(token)));
    }

    [Fact]
    public async Task Trigger_EventOfAPartner_StartsACaseAboutItOnce()
    {
        var document = new FlowBuilder("welcome").Add("applied", "Elsa.Event", ("eventName", "partner.applied"))
            .Add("note", "Test.Note", ("text", "js:getOutputFrom('applied').subject.id + ' ' + getInput('partnerId')")).Arrows("applied->note").Build();
        document.Json["root"]!["activities"]![0]!["customProperties"]!["canStartWorkflow"] = true;
        var draft = await Get<DefinitionService>().SaveAsync(DefinitionDocument.From(document.Json), null, Ops);
        Assert.True((await Get<DefinitionService>().PublishAsync(draft.Value.Id, null, Ops, TestContext.Current.CancellationToken)).IsSuccess);

        await DoAsync("partner.applied", Partner, new { partnerId = Partner });
        await DeliverEventsAsync();

        Assert.Equal(["p-1 p-1"], Get<TestSteps>().Done);
        var started = Assert.Single((await Cases.FindAsync(new CaseQuery("welcome"), new PageRequest(), Ops)).Items);
        Assert.Equal(("partner", "p-1", Partner), (started.SubjectKind, started.SubjectId, started.PartnerId));
    }

    [Fact]
    public async Task Audit_NobodyListens_RaisesNothing()
    {
        await DoAsync("deal.won", new DealId("deal-7"), new { partnerId = Partner });
        await DoAsync("task.completed", new Subject("task", "t-1"), null);

        Assert.Empty(await Storage.ReadAsync((db, token) => db.Set<OutboxMessage>().ToListAsync(token)));
    }

    private Task DoAsync(string action, Subject subject, object? data) => Storage.WriteAsync((db, _) =>
    {
        Get<Audit>().Add(db, Ops, action, subject, "Because.", data);
        return Task.CompletedTask;
    });

    // Plays the dispatcher for domain events, then for what follows from them.
    private async Task DeliverEventsAsync()
    {
        var delivery = Services.GetServices<IOutboxDelivery>().Single(candidate => candidate.Kind == OutboxKind.Event);
        foreach (var message in await Storage.ReadAsync((db, token) => db.Set<OutboxMessage>().Where(message => message.Kind == OutboxKind.Event).ToListAsync(token)))
        {
            await delivery.DeliverAsync(message, TestContext.Current.CancellationToken);
            await delivery.DeliverAsync(message, TestContext.Current.CancellationToken);
            await Storage.WriteAsync((db, token) => db.Set<OutboxMessage>().Where(row => row.Sequence == message.Sequence).ExecuteDeleteAsync(token));
        }

        await DeliverAsync();
    }
}
