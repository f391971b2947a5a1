using System.Text;
using Microsoft.Playwright;

namespace Ecosystem.EndToEnd.Tests;

public sealed class ImportPageTests(BrowserFixture browser)
{
    [Fact]
    public async Task Import_FileWithFaults_ShowsThemBeforeAnythingIsKept()
    {
        await using var product = await ProductProcess.StartAsync(ProductProcess.NewDataFolder());
        await using var olivia = await Person.SignedInAsync(browser.Browser, product.Url, "olivia@demo.example");
        await olivia.OpenAsync("/import", "Import");
        await olivia.ShootAsync("import-empty");
        await olivia.Page.GetByLabel("What its rows are").SelectOptionAsync(new SelectOptionValue { Label = "Partners: companies that apply" });
        await olivia.Page.GetByText("It must have legalName, country.").WaitForAsync();
        var rows = new StringBuilder("Legal name,Country,Domain,Type,Contact name,Contact e-mail\n");
        for (var i = 1; i <= 40; i++)
        {
            rows.Append(System.Globalization.CultureInfo.InvariantCulture, $"Nordlicht {i} GmbH,{(i % 8 == 0 ? "Atlantis" : "Germany")},nordlicht-{i}.example,{(i % 10 == 0 ? "wholesaler" : "reseller")},,\n");
        }

        rows.Append("Nordlicht 1 GmbH,DE,www.nordlicht-1.example,reseller,,\n");
        rows.Replace("Contact e-mail", "Contact email");
        await olivia.Page.GetByLabel("CSV file").SetInputFilesAsync(new FilePayload { Name = "partners.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(rows.ToString()) });
        await olivia.Page.GetByRole(AriaRole.Button, new() { Name = "Check it" }).ClickAsync();
        await olivia.Page.GetByText("'Atlantis' is not a country").First.WaitForAsync();
        await olivia.ShootAsync("import-checked");
        Assert.Empty(await olivia.ViolationsAsync());

        await olivia.Page.GetByRole(AriaRole.Button, new() { Name = "Import 32 rows" }).ClickAsync();
        await olivia.Page.GetByRole(AriaRole.Link, new() { Name = "See them" }).ClickAsync();
        await olivia.HeadingAsync("Partners");
        await olivia.Page.GetByText("Nordlicht 1 GmbH").First.WaitForAsync();
    }
}
