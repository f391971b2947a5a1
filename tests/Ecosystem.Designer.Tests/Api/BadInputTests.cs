using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Ecosystem.Designer.Tests.Api;

/// <summary>Input at fault is refused with the field's name, and nothing is left of it.</summary>
public sealed class BadInputTests(HostFixture host)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("no-such-partner", "1000.00", "EUR", "partnerId")]
    [InlineData("not an id !", "1000.00", "EUR", "partnerId")]
    [InlineData("no-such-partner", "1000.00", "euro", "currency")]
    public async Task RegisterDeal_FieldAtFault_NamesItAndKeepsNothing(string partner, string amount, string currency, string field)
    {
        using var ops = await host.ProgramAsync("ops");
        var customer = $"Nobody {Guid.NewGuid():N}";
        using var answer = await ops.PostAsJsonAsync(
            "/api/v1/deals", new { partnerId = partner, customer = new { legalName = customer, domain = "nobody.example", country = "DE" }, products = new[] { "GTX" }, amount, currency }, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.ToString());
        Assert.NotEmpty(problem.GetProperty("code").GetString()!);
        Assert.Empty((await ops.GetFromJsonAsync<JsonElement>($"/api/v1/deals?query={Uri.EscapeDataString(customer)}", Ct)).GetProperty("items").EnumerateArray());
    }
}
