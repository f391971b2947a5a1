using System.Runtime.CompilerServices;
using Ecosystem.Workflows.Integration;
using Ecosystem.Workflows.Integration.Crm;

namespace Ecosystem.Workflows.Tests.Integration;

public class CrmReaderTests
{
    private const string Accounts = "account,sector,year_established,revenue,employees,office_location,subsidiary_of\nAcme,technolgy,1996,1100.04,2822,Philipines,\nBeta,retail,2001,5,9,Korea,Acme\n";
    private const string Products = "product,series,sales_price\nGTX Pro,GTX,4821\nMG Special,MG,55\n";
    private const string Teams = "sales_agent,manager,regional_office\nAnn,Meg,East\nBob,Mel,West\n";
    private const string PipelineHeader = "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n";

    private const string Pipeline = PipelineHeader
        + "A1,Ann,GTXPro,Acme,Won,20-10-16,01-03-17,4514\nA2,Bob,MG Special,,Engaging,25-10-16,,\nA3,Bob,MG Special,Beta,Prospecting,,,\nA4,Ann,gtx pro,Beta,Lost,01-11-16,02-11-16,0\n";

    [Fact]
    public void Read_DirtyRows_RepairsAndReportsEachWithRowAndReason()
    {
        var data = Read().Value;
        Assert.Equal(["technology", "retail"], data.Accounts.Select(account => account.Sector));
        Assert.Equal([("Philippines", "PH"), ("Korea", null)], data.Accounts.Select(account => (account.CountryName, account.Country)));
        Assert.Equal(["GTX Pro", "MG Special", "MG Special", "GTX Pro"], data.Opportunities.Select(opportunity => opportunity.Product));
        Assert.Equal(new DateOnly(2016, 10, 20), data.Opportunities[0].EngagedOn);
        Assert.Equal(4514m, data.Opportunities[0].CloseValue);
        Assert.Null(data.Opportunities[1].Account);
        Assert.Equal(
            [
                (ImportFindingKind.Repaired, "accounts.csv", 2, "sector"), (ImportFindingKind.Repaired, "accounts.csv", 2, "office_location"),
                (ImportFindingKind.Noted, "accounts.csv", 3, "office_location"), (ImportFindingKind.Repaired, "sales_pipeline.csv", 2, "product"),
                (ImportFindingKind.Rejected, "sales_pipeline.csv", 3, "account"), (ImportFindingKind.Noted, "sales_pipeline.csv", 4, "engage_date"),
                (ImportFindingKind.Repaired, "sales_pipeline.csv", 5, "product"),
            ],
            data.Findings.Select(finding => (finding.Kind, finding.File, finding.Row, finding.Field)));
    }

    [Theory]
    [InlineData("A1,Ann,GTX Pro,Acme,Won,32-10-16,01-03-17,1", "import.bad-date", "engage_date", "'32-10-16'")]
    [InlineData("A1,Ann,GTX Pro,Acme,Won,2016-10-20,01-03-17,1", "import.bad-date", "engage_date", "dd-mm-yy")]
    [InlineData("A1,Ann,GTX Pro,Acme,Won,20-10-16,01-03-17,-5", "import.negative", "close_value", "-5 is negative")]
    [InlineData("A1,Ann,GTX Pro,Acme,Won,20-10-16,01-03-17,1.000,5", "import.row-width", "sales_pipeline.csv", "9 fields instead of 8")]
    [InlineData("A1,Ann,GTX Pro,Acme,Won,20-10-16,01-03-17,x", "import.bad-number", "close_value", "'x'")]
    [InlineData("A1,Ann,GTX Max,Acme,Won,20-10-16,01-03-17,1", "import.unknown-product", "product", "'GTX Max'")]
    [InlineData("A1,Zed,GTX Pro,Acme,Won,20-10-16,01-03-17,1", "import.unknown-agent", "sales_agent", "'Zed'")]
    [InlineData("A1,Ann,GTX Pro,Gamma,Won,20-10-16,01-03-17,1", "import.unknown-account", "account", "'Gamma'")]
    [InlineData("A1,Ann,GTX Pro,Acme,Gone,20-10-16,01-03-17,1", "import.unknown-stage", "deal_stage", "'Gone'")]
    [InlineData("A1,Ann,GTX Pro,Acme,Won,20-10-16,,1", "import.missing-value", "close_date", "needs a value")]
    [InlineData("A1,Ann,GTX Pro,Acme,Won,,01-03-17,1", "import.missing-value", "engage_date", "first engagement")]
    [InlineData("A1,Ann,GTX Pro,Acme,Engaging,20-10-16,01-03-17,", "import.not-closed", "close_date", "must not")]
    [InlineData("A1,Ann,GTX Pro,Acme,Won,20-10-16,19-10-16,1", "import.order", "close_date", "before")]
    [InlineData(",Ann,GTX Pro,Acme,Won,20-10-16,21-10-16,1", "import.missing-value", "opportunity_id", "missing")]
    [InlineData("A9,Ann,GTX Pro,Acme,Won,20-10-16,21-10-16,1\nA9,Ann,GTX Pro,Acme,Won,20-10-16,21-10-16,1", "import.duplicate", "opportunity_id", "'A9' occurs twice")]
    public void Read_ImpossibleRow_RefusesEverythingNamingRowAndColumn(string row, string code, string field, string text)
    {
        var result = Read(pipeline: PipelineHeader + row + "\n");
        var refusal = Assert.Single(result.Refusals);
        Assert.Equal((code, field), (refusal.Code, refusal.Field));
        Assert.Contains(text, refusal.Message, StringComparison.Ordinal);
        Assert.StartsWith($"sales_pipeline.csv, row {1 + row.Split('\n').Length}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_UnknownColumn_IsRefused() => Assert.Contains(
        "'discount' is not known",
        Assert.Single(Read(products: "product,series,sales_price,discount\nA,B,1,2\n").Refusals).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Read_MissingColumn_IsRefused() => Assert.Contains(
        "'manager' is missing",
        Assert.Single(Read(teams: "sales_agent,regional_office\nAnn,East\n").Refusals).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Read_EmptyFile_IsRefused() => Assert.Equal("import.empty", Assert.Single(Read(accounts: "").Refusals).Code);

    [Fact]
    public void Read_UnclosedQuote_IsRefused() =>
        Assert.Equal("import.malformed", Assert.Single(Read(products: "product,series,sales_price\n\"GTX,GTX,1\n").Refusals).Code);

    [Fact]
    public void Read_RealExport_GivesTheKnownNumbers()
    {
        var data = CrmReader.Read(CrmFiles.Read(RealFolder()).Value).Value;
        Assert.Equal((85, 7, 35, 8800), (data.Accounts.Count, data.Products.Count, data.Sellers.Count, data.Opportunities.Count));
        var won = data.Opportunities.Where(opportunity => opportunity.Stage == CrmStage.Won).ToList();
        Assert.Equal((4238, 10_005_534m), (won.Count, won.Sum(opportunity => opportunity.CloseValue)));
        Assert.Equal(1425, data.Findings.Count(finding => finding.Kind == ImportFindingKind.Rejected));
        Assert.Equal(1480, data.Findings.Count(finding => finding is { Kind: ImportFindingKind.Repaired, Field: "product" }));
        Assert.Equal(12, data.Findings.Count(finding => finding is { Kind: ImportFindingKind.Repaired, Field: "sector" }));
        Assert.Equal(1, data.Findings.Count(finding => finding is { Kind: ImportFindingKind.Repaired, Field: "office_location" }));
        Assert.All(won, opportunity => Assert.NotNull(opportunity.Account));
    }

    [Fact]
    public void ReadFolder_FileMissing_NamesIt()
    {
        var folder = Directory.CreateTempSubdirectory("crm-");
        try
        {
            Assert.Contains("accounts.csv", Assert.Single(CrmFiles.Read(folder.FullName).Refusals).Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Result<CrmData> Read(string accounts = Accounts, string products = Products, string teams = Teams, string pipeline = Pipeline) =>
        CrmReader.Read(new CrmFiles(new Dictionary<string, string>
        {
            [CrmFiles.Accounts] = accounts, [CrmFiles.Products] = products, [CrmFiles.Teams] = teams, [CrmFiles.Pipeline] = pipeline,
        }));

    private static string RealFolder([CallerFilePath] string here = "")
    {
        for (var folder = Path.GetDirectoryName(here); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var crm = Path.Combine(folder, "shared", "data", "crm");
            if (Directory.Exists(crm))
            {
                return crm;
            }
        }

        Assert.Skip("The CRM export (../shared/data/crm) is not there.");
        return "";
    }
}
