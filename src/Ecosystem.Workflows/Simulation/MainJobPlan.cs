using System.Collections.Frozen;
using System.Text;
using Ecosystem.Workflows.Deals;
using Ecosystem.Workflows.Incentives.Payouts;
using Ecosystem.Workflows.Integration.Crm;

namespace Ecosystem.Workflows.Simulation;

/// <summary>
/// What a CRM export means for the lifecycle; a pure function of the export. A manager is a partner company of its office's region, its
/// sales people are its contacts, an opportunity is registered on its engage date and closed on its close date. An opportunity without
/// an account, or not yet engaged, is not registered.
/// </summary>
public sealed class MainJobPlan
{
    private const int OnboardingDays = 30;
    private const int PayoutDay = 5;

    private MainJobPlan(CrmData data, MainJobOptions options)
    {
        Data = data;
        Options = options;
        var accounts = data.Accounts.ToDictionary(account => account.Name, StringComparer.Ordinal);
        var products = data.Products.ToDictionary(product => product.Name, StringComparer.Ordinal);
        var sellers = data.Sellers.ToDictionary(seller => seller.Name, StringComparer.Ordinal);
        Partners =
        [
            .. data.Sellers.GroupBy(seller => (seller.Manager, seller.Region)).OrderBy(group => group.Key.Manager, StringComparer.Ordinal)
                .Select(group => new PlannedPartner(
                    ToPartnerId(group.Key.Manager), group.Key.Manager, group.Key.Region, [.. group.Select(seller => (ToContactId(seller.Name), seller.Name))])),
        ];
        Deals =
        [
            .. data.Opportunities.Where(opportunity => opportunity is { Account: not null, EngagedOn: not null })
                .OrderBy(opportunity => opportunity.EngagedOn).ThenBy(opportunity => opportunity.Row)
                .Select(opportunity => ToDeal(opportunity, accounts[opportunity.Account!], products[opportunity.Product], sellers[opportunity.Seller], options)),
        ];
        ById = Deals.ToFrozenDictionary(deal => deal.Id);
        RegisteredOn = Deals.ToLookup(deal => deal.EngagedOn);
        ClosedOn = Deals.Where(deal => deal.Close is not null).ToLookup(deal => deal.Close!.ClosedOn);
        LastDay = Deals.Select(deal => deal.Close?.ClosedOn ?? deal.EngagedOn).DefaultIfEmpty(new DateOnly(2017, 1, 1)).Max();
        FirstDay = Deals.Select(deal => deal.EngagedOn).DefaultIfEmpty(LastDay).Min();
    }

    /// <summary>The export.</summary>
    public CrmData Data { get; }

    /// <summary>What was asked for.</summary>
    public MainJobOptions Options { get; }

    /// <summary>The partners, by name.</summary>
    public IReadOnlyList<PlannedPartner> Partners { get; }

    /// <summary>The deals, by day of registration and row.</summary>
    public IReadOnlyList<PlannedDeal> Deals { get; }

    /// <summary>The deals by id.</summary>
    public FrozenDictionary<DealId, PlannedDeal> ById { get; }

    /// <summary>The deals registered on a day.</summary>
    public ILookup<DateOnly, PlannedDeal> RegisteredOn { get; }

    /// <summary>The deals closed on a day.</summary>
    public ILookup<DateOnly, PlannedDeal> ClosedOn { get; }

    /// <summary>The day of the first registration.</summary>
    public DateOnly FirstDay { get; }

    /// <summary>The last day the export tells of.</summary>
    public DateOnly LastDay { get; }

    /// <summary>When simulated time starts: early enough for the partners to be onboarded.</summary>
    public DateTimeOffset Start => At(FirstDay.AddDays(-OnboardingDays));

    /// <summary>Reads an export, or makes one up, and plans it. Nothing is changed.</summary>
    /// <param name="options">What is to be done.</param>
    /// <returns>The plan, or every reason why the export cannot be used.</returns>
    public static Result<MainJobPlan> Read(MainJobOptions options)
    {
        var files = options.DataFolder is { } folder ? CrmFiles.Read(folder) : SampleCrm.Make(options.SampleSize, options.SampleSeed);
        if (!files.TryGet(out var texts))
        {
            return Result<MainJobPlan>.Refused(files.Refusals);
        }

        var data = CrmReader.Read(texts);
        return data.TryGet(out var read) ? new MainJobPlan(read, options) : Result<MainJobPlan>.Refused(data.Refusals);
    }

    /// <summary>The working hour at which a simulated day begins.</summary>
    /// <param name="day">The day.</param>
    public static DateTimeOffset At(DateOnly day) => new(day.ToDateTime(new TimeOnly(9, 0)), TimeSpan.Zero);

    /// <summary>The period whose payout run is asked for on a day, the fifth of a month; null on other days.</summary>
    /// <param name="day">The day.</param>
    public static string? PayoutPeriodOn(DateOnly day) => day.Day == PayoutDay ? PayoutPeriod.Of(day.AddMonths(-1)) : null;

    internal static string Slug(string name)
    {
        var slug = new StringBuilder(name.Length);
        foreach (var c in name.ToLowerInvariant())
        {
            slug.Append(char.IsAsciiLetterOrDigit(c) ? c : '-');
        }

        return slug.ToString();
    }

    private static PartnerId ToPartnerId(string manager) => new("crm-" + Slug(manager));

    private static ContactId ToContactId(string seller) => new("crm-" + Slug(seller));

    private static PlannedDeal ToDeal(CrmOpportunity opportunity, CrmAccount account, CrmProduct product, CrmSeller seller, MainJobOptions options)
    {
        var registration = new DealRegistration
        {
            Id = new DealId("crm-" + opportunity.Id),
            PartnerId = ToPartnerId(seller.Manager),
            SellerId = ToContactId(seller.Name),
            Customer = new CustomerDetails { LegalName = account.Name, AccountKey = account.Name, Country = account.Country, Parent = account.Parent },
            Products = [product.Name],
            ProductSeries = product.Series,
            Amount = new Money(product.ListPrice, options.Currency),
            Evidence = [$"CRM opportunity {opportunity.Id}: engaging with the customer since {opportunity.EngagedOn:yyyy-MM-dd}"],
            OpportunityKey = opportunity.Id,
        };
        DealClose? close = opportunity.Stage switch
        {
            CrmStage.Won => new DealClose(DealResult.Won, opportunity.ClosedOn!.Value, new Money(opportunity.CloseValue!.Value, options.Currency), "Won in the CRM"),
            CrmStage.Lost => new DealClose(DealResult.Lost, opportunity.ClosedOn!.Value, Reason: "Lost in the CRM"),
            _ => null,
        };
        return new PlannedDeal(registration.Id.Value, opportunity.EngagedOn!.Value, registration, close);
    }
}
