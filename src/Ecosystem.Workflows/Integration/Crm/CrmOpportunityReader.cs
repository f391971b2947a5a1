using System.Collections.Frozen;

namespace Ecosystem.Workflows.Integration.Crm;

/// <summary>Reads the opportunities of a CRM export against its accounts, products and sales people.</summary>
internal sealed class CrmOpportunityReader
{
    private readonly FrozenSet<string> accounts;
    private readonly IReadOnlyList<string> productNames;
    private readonly FrozenSet<string> products;
    private readonly FrozenSet<string> sellers;
    private readonly List<ImportFinding> findings;
    private readonly List<Refusal> refusals;

    public CrmOpportunityReader(
        IEnumerable<CrmAccount> accounts, IEnumerable<CrmProduct> products, IEnumerable<CrmSeller> sellers, List<ImportFinding> findings, List<Refusal> refusals)
    {
        this.accounts = accounts.Select(account => account.Name).ToFrozenSet(StringComparer.Ordinal);
        productNames = [.. products.Select(product => product.Name)];
        this.products = productNames.ToFrozenSet(StringComparer.Ordinal);
        this.sellers = sellers.Select(seller => seller.Name).ToFrozenSet(StringComparer.Ordinal);
        this.findings = findings;
        this.refusals = refusals;
    }

    public List<CrmOpportunity> Read(CsvTable table)
    {
        var opportunities = new List<CrmOpportunity>(table.Rows.Count);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in table.Rows)
        {
            var id = CrmReader.Required(row, "opportunity_id", refusals);
            CrmReader.Unique(row, "opportunity_id", id, ids, refusals);
            var seller = CrmReader.Required(row, "sales_agent", refusals);
            if (seller.Length > 0 && !sellers.Contains(seller))
            {
                refusals.Add(row.Wrong("unknown-agent", "sales_agent", $"the sales agent '{seller}' is not in {CrmFiles.Teams}."));
            }

            var stage = Stage(row);
            var opportunity = new CrmOpportunity(
                row.Number, id, seller, Product(table, row), Account(table, row), stage ?? CrmStage.Prospecting, CrmReader.Date(row, "engage_date", refusals),
                CrmReader.Date(row, "close_date", refusals), CrmReader.Number(row, "close_value", refusals));
            if (stage is not null)
            {
                CheckDates(row, opportunity);
            }

            if (opportunity is { Stage: CrmStage.Prospecting, EngagedOn: null, Account: not null })
            {
                findings.Add(new ImportFinding(
                    ImportFindingKind.Noted, table.File, row.Number, "engage_date", "Prospecting without an engage date: kept as a draft, not registered"));
            }

            opportunities.Add(opportunity);
        }

        return opportunities;
    }

    private string Product(CsvTable table, CsvTable.Row row)
    {
        var found = CrmReader.Required(row, "product", refusals);
        if (found.Length == 0 || products.Contains(found))
        {
            return found;
        }

        if (CrmSpelling.Product(found, productNames) is not { } product)
        {
            refusals.Add(row.Wrong("unknown-product", "product", $"the product '{found}' is not in {CrmFiles.Products}; known are {string.Join(", ", productNames)}."));
            return found;
        }

        findings.Add(new ImportFinding(ImportFindingKind.Repaired, table.File, row.Number, "product", $"Product name '{found}' put right to '{product}'", found, product));
        return product;
    }

    private string? Account(CsvTable table, CsvTable.Row row)
    {
        if (row["account"] is not { } account)
        {
            findings.Add(new ImportFinding(
                ImportFindingKind.Rejected, table.File, row.Number, "account", "No account: without a customer the opportunity cannot be registered as a deal"));
            return null;
        }

        if (!accounts.Contains(account))
        {
            refusals.Add(row.Wrong("unknown-account", "account", $"the account '{account}' is not in {CrmFiles.Accounts}."));
        }

        return account;
    }

    private CrmStage? Stage(CsvTable.Row row)
    {
        var text = CrmReader.Required(row, "deal_stage", refusals);
        switch (text)
        {
            case "Prospecting":
                return CrmStage.Prospecting;
            case "Engaging":
                return CrmStage.Engaging;
            case "Won":
                return CrmStage.Won;
            case "Lost":
                return CrmStage.Lost;
            case "":
                return null;
            default:
                refusals.Add(row.Wrong("unknown-stage", "deal_stage", $"the stage '{text}' is not known; known are Prospecting, Engaging, Won and Lost."));
                return null;
        }
    }

    private void CheckDates(CsvTable.Row row, CrmOpportunity opportunity)
    {
        var closed = opportunity.Stage is CrmStage.Won or CrmStage.Lost;
        if (opportunity.Stage != CrmStage.Prospecting && row["engage_date"] is null)
        {
            refusals.Add(row.Wrong("missing-value", "engage_date", $"an opportunity that is {opportunity.Stage} needs the date of its first engagement."));
        }

        foreach (var column in (string[])["close_date", "close_value"])
        {
            if (closed && row[column] is null)
            {
                refusals.Add(row.Wrong("missing-value", column, $"an opportunity that is {opportunity.Stage} needs a value here."));
            }
            else if (!closed && row[column] is not null)
            {
                refusals.Add(row.Wrong("not-closed", column, $"an opportunity that is {opportunity.Stage} must not have a value here."));
            }
        }

        if (opportunity.ClosedOn < opportunity.EngagedOn)
        {
            refusals.Add(row.Wrong("order", "close_date", "the close lies before the first engagement."));
        }
    }
}
