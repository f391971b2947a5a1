using System.Globalization;
using System.Text;
using Bogus;
using Ecosystem.Workflows.Integration.Crm;

namespace Ecosystem.Workflows.Simulation;

/// <summary>Makes up a CRM export of the same shape as a real one, with the same kinds of dirt. Equal seeds give equal exports.</summary>
public static class SampleCrm
{
    private static readonly (string Name, string Series, decimal Price)[] Products =
        [("GTX Basic", "GTX", 550m), ("GTX Pro", "GTX", 4821m), ("MG Special", "MG", 55m), ("MG Advanced", "MG", 3393m), ("GTK 500", "GTK", 26768m)];

    private static readonly string[] Sectors = ["retail", "technolgy", "medical", "finance", "software"];
    private static readonly string[] Countries = ["United States", "United States", "United States", "Germany", "Philipines", "Japan"];
    private static readonly string[] Regions = ["Central", "East", "West"];

    /// <summary>Makes the four files.</summary>
    /// <param name="opportunities">How many opportunities.</param>
    /// <param name="seed">The seed.</param>
    public static Result<CrmFiles> Make(int opportunities, int seed)
    {
        var faker = new Faker("en") { Random = new Randomizer(seed) };
        var accounts = Distinct(12 + (opportunities / 100), () => faker.Company.CompanyName());
        var managers = Distinct(6, () => faker.Name.FullName());
        var sellers = Distinct(18, () => faker.Name.FullName());
        return new CrmFiles(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [CrmFiles.Accounts] = Accounts(faker, accounts),
            [CrmFiles.Products] = "product,series,sales_price\n" + string.Concat(Products.Select(product => $"{product.Name},{product.Series},{Text(product.Price)}\n")),
            [CrmFiles.Teams] = "sales_agent,manager,regional_office\n" + string.Concat(sellers.Select((seller, i) => $"{seller},{managers[i % 6]},{Regions[i % 3]}\n")),
            [CrmFiles.Pipeline] = Pipeline(faker, opportunities, accounts, sellers),
        });
    }

    private static string Accounts(Faker faker, IReadOnlyList<string> accounts)
    {
        var text = new StringBuilder("account,sector,year_established,revenue,employees,office_location,subsidiary_of\n");
        foreach (var account in accounts)
        {
            text.Append(CultureInfo.InvariantCulture, $"{account},{faker.PickRandom(Sectors)},{faker.Random.Int(1980, 2015)},{Text(faker.Random.Decimal(10m, 9000m))},{faker.Random.Int(10, 20_000)},{faker.PickRandom(Countries)},\n");
        }

        return text.ToString();
    }

    private static string Pipeline(Faker faker, int opportunities, IReadOnlyList<string> accounts, IReadOnlyList<string> sellers)
    {
        var first = new DateOnly(2016, 10, 20);
        var last = new DateOnly(2017, 6, 30);
        var text = new StringBuilder("opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n");
        for (var i = 0; i < opportunities; i++)
        {
            var product = faker.PickRandom(Products);
            var name = product.Name == "GTX Pro" && faker.Random.Bool(0.5f) ? "GTXPro" : product.Name;
            var engaged = first.AddDays(faker.Random.Int(0, 220));
            var closed = engaged.AddDays(faker.Random.Int(1, 138));
            var prospecting = faker.Random.Bool(0.06f);
            var open = prospecting || closed > last;
            var won = faker.Random.Bool(0.63f);
            var account = open && faker.Random.Bool(0.5f) ? "" : faker.PickRandom<string>(accounts);
            var stage = prospecting ? "Prospecting" : open ? "Engaging" : won ? "Won" : "Lost";
            var value = open ? "" : won ? Text(decimal.Round(product.Price * faker.Random.Decimal(0.7m, 1.2m))) : "0";
            text.Append(CultureInfo.InvariantCulture, $"{i:X8},{faker.PickRandom<string>(sellers)},{name},{account},{stage},{(prospecting ? "" : Date(engaged))},{(open ? "" : Date(closed))},{value}\n");
        }

        return text.ToString();
    }

    private static List<string> Distinct(int count, Func<string> make)
    {
        var names = new List<string>(count);
        while (names.Count < count)
        {
            var name = make().Replace(",", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal);
            if (!names.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                names.Add(name);
            }
        }

        return names;
    }

    private static string Date(DateOnly date) => date.ToString("dd-MM-yy", CultureInfo.InvariantCulture);

    private static string Text(decimal number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
