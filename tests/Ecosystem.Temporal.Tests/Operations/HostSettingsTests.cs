namespace Ecosystem.Temporal.Tests.Operations;

/// <summary>The service lives in other people's processes: what those are told is not meant for it.</summary>
public sealed class HostSettingsTests
{
    [Fact]
    public async Task Start_HostWithEndpointsOfItsOwn_LeavesThemToTheHost()
    {
        Environment.SetEnvironmentVariable("Kestrel__Endpoints__OfTheHost__Url", "no address at all");
        try
        {
            await using var service = await EmbeddedTemporal.StartAsync(new() { OperationsListen = "127.0.0.1:0" });
            using var http = new HttpClient();
            Assert.Equal("SERVING", await http.GetStringAsync(new Uri($"http://{service.OperationsAddress}/health"), TestContext.Current.CancellationToken));
        }
        finally
        {
            Environment.SetEnvironmentVariable("Kestrel__Endpoints__OfTheHost__Url", null);
        }
    }
}
