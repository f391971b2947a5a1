using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Temporalio.Api.Enums.V1;

namespace Ecosystem.Workflows.Tests.Definitions;

/// <summary>A worker meets a case whose definition it has not read yet, and the database driver does what drivers do.</summary>
public sealed class ColdDefinitionTests : CaseTest
{
    private readonly DriverLikeContexts contexts = new();

    protected override void Configure(IServiceCollection collection, IDictionary<string, string?> settings)
    {
        base.Configure(collection, settings);
        collection.AddSingleton(provider =>
        {
            contexts.Inner = provider.GetRequiredService<IDbContextFactory<EcosystemDbContext>>();
            return new PlanSource(contexts);
        });
    }

    [Fact]
    public async Task FirstTask_DefinitionNotReadYet_IsNotFailed()
    {
        await PublishAsync(new FlowBuilder("cold").Line("a").Build());

        var id = await StartAsync("cold");

        Assert.Equal(CaseStatus.Completed, (await CaseAsync(id)).Status);
        Assert.True(contexts.Made > 0);
        var history = await Client.GetWorkflowHandle(id.Value).FetchHistoryAsync();
        Assert.DoesNotContain(history.Events, entry => entry.EventType == EventType.WorkflowTaskFailed);
    }

    [Fact]
    public async Task Get_DatabaseFailsOnce_IsReadTheNextTime()
    {
        var document = new FlowBuilder("shaky").Line("a").Build();
        await PublishAsync(document);
        contexts.Failures = 1;
        var plans = Get<PlanSource>();

        Assert.Throws<IOException>(() => plans.Get(document.ContentHash));

        Assert.Equal("shaky", plans.Get(document.ContentHash).Document.DefinitionId);
    }

    // Starts a timer and a task whenever a context is made, as a connection pool may at any time.
    private sealed class DriverLikeContexts : IDbContextFactory<EcosystemDbContext>
    {
        internal IDbContextFactory<EcosystemDbContext>? Inner { get; set; }

        internal int Made { get; private set; }

        internal int Failures { get; set; }

        public EcosystemDbContext CreateDbContext()
        {
            Made++;
            if (Failures-- > 0)
            {
                throw new IOException("The disk is not there.");
            }

            using var timer = new Timer(_ => { }, null, TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);
            Task.Run(() => { }).Wait();
            return Inner!.CreateDbContext();
        }
    }
}
