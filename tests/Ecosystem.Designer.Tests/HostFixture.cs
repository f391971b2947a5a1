using System.Net.Http.Headers;
using Ecosystem.Designer.Hosting;
using Ecosystem.Designer.Identity;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(Ecosystem.Designer.Tests.HostFixture))]

namespace Ecosystem.Designer.Tests;

/// <summary>The whole product in this process on a free port, shared by the tests of the API.</summary>
public sealed class HostFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ecosystem-designer-").FullName;
    private EcosystemHost _host = null!;

    internal IServiceProvider Services => _host.App.Services;

    internal Uri Address { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await EcosystemHost.BuildAsync(["--data", _folder, "--urls", "http://127.0.0.1:0"], new Dictionary<string, string?>
        {
            ["Serilog:MinimumLevel:Default"] = "Warning",
        });
        await _host.StartAsync();
        Address = new Uri(_host.Addresses.Single());
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A client nobody knows.</summary>
    internal HttpClient Visitor() => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };

    /// <summary>A program with a key of these roles and scopes.</summary>
    internal async Task<HttpClient> ProgramAsync(string role, string scopes = "*", string? partnerId = null)
    {
        var keys = Services.GetRequiredService<ApiKeyService>();
        var (_, text) = await keys.CreateAsync($"test {role}", [role], scopes.Split(' '), partnerId, null, "test", TestContext.Current.CancellationToken);
        var client = Visitor();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", text);
        return client;
    }
}
