using System.Reflection;
using System.Text.Json.Nodes;
using Ecosystem.Workflows.Deals;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Integration.Imports;
using Ecosystem.Workflows.Partners;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Workflows.Tests;

/// <summary>Base of tests of the lifecycle's facts: cases can start, but no process runs; the test plays the process.</summary>
public abstract class LifecycleTest : EcosystemTest
{
    protected static Actor Importer { get; } = Actor.Staff("import", "Import", ActorSource.Import, "ops");

    protected static Actor System { get; } = Actor.System("test");

    protected PartnerService Partners => Get<PartnerService>();

    protected DealService Deals => Get<DealService>();

    protected override Task StartedAsync() => Storage.WriteAsync((db, _) =>
    {
        foreach (var definition in new[] { "partner-onboarding", "deal-registration", "conflict-resolution", "incentive-payout", "re-enablement", "partner-rescreening" })
        {
            db.Add(new DefinitionVersion
            {
                Id = definition + "-1",
                DefinitionId = definition,
                Number = 1,
                Name = definition,
                State = VersionState.Published,
                IsLatest = true,
                ContentHash = new string('0', 64),
                Json = "{}",
                CreatedAt = Clock.GetUtcNow(),
                ChangedAt = Clock.GetUtcNow(),
                ChangedBy = "test",
            });
        }

        return Task.CompletedTask;
    });

    protected static PartnerApplication Application(string name, string? id = null) => new()
    {
        Id = id is null ? null : new PartnerId(id),
        LegalName = name,
        Country = "DE",
        City = "Berlin",
        Region = "Central",
        Contact = new ContactDetails { Name = "Ann Example", Email = "ann@partner.example.com" },
    };

    /// <summary>A partner that may register deals.</summary>
    protected async Task<PartnerId> ActivePartnerAsync(string id)
    {
        var partner = (await Partners.ApplyAsync(Application($"Partner {id}", id), Importer)).Value.PartnerId;
        await Storage.WriteAsync((db, token) => db.Set<Partner>().Where(row => row.Id == partner)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, PartnerStatus.Active).SetProperty(row => row.ActivatedAt, Clock.GetUtcNow()), token));
        return partner;
    }

    protected static DealRegistration Registration(PartnerId partner, string? id = null, string customer = "Acme GmbH", string product = "GTX Pro", decimal amount = 1000m) => new()
    {
        Id = id is null ? null : new DealId(id),
        PartnerId = partner,
        Customer = new CustomerDetails { LegalName = customer, Domain = $"www.{customer.Split(' ')[0].ToLowerInvariant()}.com", Country = "DE", AccountKey = customer },
        Products = [product],
        Amount = new Money(amount, "EUR"),
        ExpectedClose = new DateOnly(2026, 4, 1),
        Evidence = ["Met the customer on 2026-01-02"],
    };

    /// <summary>A deal in a state, brought there by the machine's own edges.</summary>
    protected async Task<DealId> DealInAsync(DealState state, PartnerId partner, string? id = null, string customer = "Acme GmbH", string product = "GTX Pro", decimal amount = 1000m)
    {
        var deal = (await Deals.RegisterAsync(Registration(partner, id, customer, product, amount), System)).Value.DealId;
        DealAction[] path = state switch
        {
            DealState.Submitted => [],
            DealState.Checking => [DealAction.StartChecks],
            DealState.UnderReview => [DealAction.StartChecks, DealAction.SendToReview],
            DealState.InfoRequested => [DealAction.StartChecks, DealAction.SendToReview, DealAction.RequestInfo],
            DealState.PendingApproval => [DealAction.StartChecks, DealAction.PassOn],
            DealState.Protected => [DealAction.StartChecks, DealAction.Protect],
            DealState.Rejected => [DealAction.StartChecks, DealAction.Reject],
            _ => throw new ArgumentOutOfRangeException(nameof(state)),
        };
        foreach (var action in path)
        {
            await DoAsync(deal, new DealCommand(action, Clock.GetUtcNow(), "Test.") { Resubmittable = true });
        }

        return deal;
    }

    protected async Task DoAsync(DealId id, DealCommand command)
    {
        var result = await Storage.WriteAsync<Result<Deal>>(async (db, token) =>
            await Deals.ApplyAsync(db, (await db.Set<Deal>().FindAsync([id], token))!, command, System, cancellationToken: token));
        Assert.True(result.IsSuccess, result.Refusal?.Message);
    }

    protected Task DoAsync(PartnerId id, Func<EcosystemDbContext, Partner, CancellationToken, Task> work) =>
        Storage.WriteAsync(async (db, token) => await work(db, (await db.Set<Partner>().FindAsync([id], token))!, token));

    /// <summary>Imports what somebody holds of the customer Acme GmbH without a registration.</summary>
    protected async Task ClaimAsync(string kind, string holder, string products = "", DateOnly? until = null, DateOnly? lastContact = null)
    {
        var imports = Get<ImportService>();
        Assert.True((await imports.ImportAsync(new ImportFile(ImportKind.Accounts, "accounts.csv", "legalName,country\nAcme GmbH,DE\n"), dryRun: false, Importer)).IsSuccess);
        var text = $"account,kind,holder,products,until,lastContact\nACME,{kind},{holder},{products},{until:yyyy-MM-dd},{lastContact:yyyy-MM-dd}\n";
        var report = (await imports.ImportAsync(new ImportFile(ImportKind.Claims, "claims.csv", text), dryRun: false, Importer)).Value;
        Assert.Equal((1, 0), (report.Accepted, report.Rejected.Count));
    }

    /// <summary>Runs a step as a process would.</summary>
    internal Task<StepEnd> RunStepAsync(string type, Subject subject, PartnerId? partner, JsonObject input)
    {
        var step = typeof(WorkflowStep).Assembly.GetTypes().Single(candidate => candidate.GetCustomAttribute<WorkflowStepAttribute>()?.Type == type);
        return Storage.WriteAsync((db, token) => ((WorkflowStep)ActivatorUtilities.CreateInstance(Services, step)).RunAsync(
            input,
            new StepContext
            {
                CaseId = new CaseId("case-test"),
                DefinitionId = "test",
                RunId = "run",
                ActivityId = "activity",
                StepKey = "run/activity/1",
                Subject = subject,
                Partner = partner,
                Db = db,
                Now = Clock.GetUtcNow(),
                Actor = System,
            },
            token));
    }

    protected async Task<DealView> DealAsync(DealId id) => (await Deals.GetAsync(id, System))!;
}
