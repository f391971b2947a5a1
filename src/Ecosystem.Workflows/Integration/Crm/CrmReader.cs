using System.Collections.Frozen;
using System.Globalization;

namespace Ecosystem.Workflows.Integration.Crm;

/// <summary>
/// Reads a CRM export. What is certainly a misspelling is put right and reported. What cannot be true (a date that is none, a negative
/// amount, an unknown product or sales person, an unknown column) refuses the whole export, naming file, row and column: half an
/// export would give wrong money. An opportunity without an account is reported as rejected: without a customer there is nothing to register.
/// </summary>
public static class CrmReader
{
    private const string DateFormat = "dd-MM-yy";

    private static readonly string[] AccountColumns = ["account", "sector", "year_established", "revenue", "employees", "office_location", "subsidiary_of"];
    private static readonly string[] ProductColumns = ["product", "series", "sales_price"];
    private static readonly string[] TeamColumns = ["sales_agent", "manager", "regional_office"];

    private static readonly string[] PipelineColumns =
        ["opportunity_id", "sales_agent", "product", "account", "deal_stage", "engage_date", "close_date", "close_value"];

    /// <summary>Reads the four files.</summary>
    /// <param name="files">The files.</param>
    /// <returns>The data with everything that was found, or every reason why it is refused.</returns>
    public static Result<CrmData> Read(CrmFiles files)
    {
        var accounts = CsvTable.Read(CrmFiles.Accounts, files[CrmFiles.Accounts], AccountColumns);
        var products = CsvTable.Read(CrmFiles.Products, files[CrmFiles.Products], ProductColumns);
        var teams = CsvTable.Read(CrmFiles.Teams, files[CrmFiles.Teams], TeamColumns);
        var pipeline = CsvTable.Read(CrmFiles.Pipeline, files[CrmFiles.Pipeline], PipelineColumns);
        List<Refusal> refusals = [.. accounts.Refusals, .. products.Refusals, .. teams.Refusals, .. pipeline.Refusals];
        if (refusals.Count > 0)
        {
            return Result<CrmData>.Refused(refusals);
        }

        var findings = new List<ImportFinding>();
        var readAccounts = ReadAccounts(accounts.Value, findings, refusals);
        var readProducts = ReadProducts(products.Value, refusals);
        var readSellers = ReadSellers(teams.Value, refusals);
        var opportunities = new CrmOpportunityReader(readAccounts, readProducts, readSellers, findings, refusals).Read(pipeline.Value);
        return refusals.Count > 0
            ? Result<CrmData>.Refused(refusals)
            : new CrmData(readAccounts, readProducts, readSellers, opportunities, findings, files.Hash);
    }

    internal static DateOnly? Date(CsvTable.Row row, string column, List<Refusal> refusals)
    {
        if (row[column] is not { } text)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        refusals.Add(row.Wrong("bad-date", column, $"'{text}' is not a date; dates are written dd-mm-yy, for example 27-12-17."));
        return null;
    }

    internal static decimal? Number(CsvTable.Row row, string column, List<Refusal> refusals)
    {
        if (row[column] is not { } text)
        {
            return null;
        }

        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            refusals.Add(row.Wrong("bad-number", column, $"'{text}' is not a number; numbers are written with a decimal point and without separators, for example 1054.50."));
            return null;
        }

        if (number < 0)
        {
            refusals.Add(row.Wrong("negative", column, $"{text} is negative; it must be zero or more."));
            return null;
        }

        return number;
    }

    internal static string Required(CsvTable.Row row, string column, List<Refusal> refusals)
    {
        if (row[column] is { } text)
        {
            return text;
        }

        refusals.Add(row.Wrong("missing-value", column, "the value is missing."));
        return "";
    }

    internal static void Unique(CsvTable.Row row, string column, string value, HashSet<string> seen, List<Refusal> refusals)
    {
        if (value.Length > 0 && !seen.Add(value))
        {
            refusals.Add(row.Wrong("duplicate", column, $"'{value}' occurs twice in the file."));
        }
    }

    private static List<CrmAccount> ReadAccounts(CsvTable table, List<ImportFinding> findings, List<Refusal> refusals)
    {
        var accounts = new List<CrmAccount>(table.Rows.Count);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in table.Rows)
        {
            var name = Required(row, "account", refusals);
            Unique(row, "account", name, names, refusals);
            var sector = Respell(table, row, "sector", CrmSpelling.Sectors, findings) ?? "";
            var country = Respell(table, row, "office_location", CrmSpelling.Countries, findings);
            var code = Countries.CodeOf(country);
            if (country is not null && code is null)
            {
                findings.Add(new ImportFinding(
                    ImportFindingKind.Noted, table.File, row.Number, "office_location", "The text names no single country; it is kept without a country code", country));
            }

            accounts.Add(new CrmAccount(
                row.Number, name, sector, (int?)Number(row, "year_established", refusals), Number(row, "revenue", refusals), (int?)Number(row, "employees", refusals),
                country, code, row["subsidiary_of"]));
        }

        foreach (var (account, row) in accounts.Zip(table.Rows).Where(pair => pair.First.Parent is { } parent && !names.Contains(parent)))
        {
            refusals.Add(row.Wrong("unknown-account", "subsidiary_of", $"the parent '{account.Parent}' is not an account of the file."));
        }

        return accounts;
    }

    private static List<CrmProduct> ReadProducts(CsvTable table, List<Refusal> refusals)
    {
        var products = new List<CrmProduct>(table.Rows.Count);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in table.Rows)
        {
            var name = Required(row, "product", refusals);
            Unique(row, "product", name, names, refusals);
            _ = Required(row, "sales_price", refusals);
            products.Add(new CrmProduct(row.Number, name, Required(row, "series", refusals), Number(row, "sales_price", refusals) ?? 0m));
        }

        return products;
    }

    private static List<CrmSeller> ReadSellers(CsvTable table, List<Refusal> refusals)
    {
        var sellers = new List<CrmSeller>(table.Rows.Count);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var regions = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in table.Rows)
        {
            var name = Required(row, "sales_agent", refusals);
            Unique(row, "sales_agent", name, names, refusals);
            var seller = new CrmSeller(row.Number, name, Required(row, "manager", refusals), Required(row, "regional_office", refusals));
            if (regions.TryGetValue(seller.Manager, out var region) && region != seller.Region)
            {
                refusals.Add(row.Wrong("two-regions", "regional_office", $"the manager '{seller.Manager}' is in '{region}' in an earlier row and in '{seller.Region}' here."));
            }

            regions.TryAdd(seller.Manager, seller.Region);
            sellers.Add(seller);
        }

        return sellers;
    }

    private static string? Respell(
        CsvTable table, CsvTable.Row row, string column, FrozenDictionary<string, string> spellings, List<ImportFinding> findings)
    {
        if (row[column] is not { } text || !spellings.TryGetValue(text, out var right))
        {
            return row[column];
        }

        findings.Add(new ImportFinding(ImportFindingKind.Repaired, table.File, row.Number, column, $"Spelling '{text}' put right to '{right}'", text, right));
        return right;
    }
}
