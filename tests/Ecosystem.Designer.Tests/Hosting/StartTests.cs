using System.Net;
using System.Net.Sockets;
using Ecosystem.Designer.Hosting;
using Ecosystem.Designer.Identity;
using Ecosystem.Workflows.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Designer.Tests.Hosting;

public sealed class StartTests(PostgreSqlServer postgreSql) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ecosystem-start-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Run_PortInUse_OneMessageAndExitCode()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var (code, error) = await RunAsync("--data", _folder, "--urls", $"http://127.0.0.1:{port}");
        Assert.Equal(1, code);
        Assert.Equal($"ecosystem: http://127.0.0.1:{port} cannot be used: another program listens there. Stop it, or choose another address with Ecosystem__Urls.", error);
    }

    [Fact]
    public async Task Run_DataFolderIsAFile_OneMessageAndExitCode()
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "x", TestContext.Current.CancellationToken);
        var (code, error) = await RunAsync("--data", Path.Combine(file, "data"), "--urls", "http://127.0.0.1:0");
        Assert.Equal(1, code);
        Assert.StartsWith($"ecosystem: The data folder {file}/data cannot be written", error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
    }

    [Fact]
    public async Task Run_DataFolderOfRunningProcess_Refuses()
    {
        using var held = DataDirectory.Open(_folder, exclusive: true);
        var (code, error) = await RunAsync("--data", _folder, "--urls", "http://127.0.0.1:0");
        Assert.Equal(1, code);
        Assert.Contains("in use by another running process", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_UnknownSwitch_NamesIt()
    {
        var (code, error) = await RunAsync("--port", "80");
        Assert.Equal(1, code);
        Assert.StartsWith("ecosystem: The switch --port is unknown; use --role", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_UnknownCommand_ListsCommands()
    {
        var (code, error) = await RunAsync("mainjob");
        Assert.Equal(2, code);
        Assert.StartsWith("ecosystem: there is no command \"mainjob\".", error, StringComparison.Ordinal);
        Assert.Contains("main-job", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_SeveralAtOnceOnANewDatabaseOfAServer_EachFindsWhatOneOfThemMade()
    {
        Assert.SkipUnless(PostgreSqlServer.IsInstalled, PostgreSqlServer.HowToInstall);
        var settings = new Dictionary<string, string?>
        {
            ["Serilog:MinimumLevel:Default"] = "Warning",
            ["Database:Provider"] = "PostgreSql",
            ["ConnectionStrings:Ecosystem"] = await postgreSql.CreateDatabaseAsync(),
        };

        var hosts = await Task.WhenAll(Enumerable.Range(0, 4).Select(i =>
            Task.Run(() => EcosystemHost.BuildAsync(["--data", Path.Combine(_folder, $"{i}"), "--urls", "http://127.0.0.1:0"], settings))));

        await using (var db = await hosts[0].App.Services.GetRequiredService<IDbContextFactory<HostDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken))
        {
            var roles = await db.UserRoles.Join(db.Users, of => of.UserId, user => user.Id, (of, user) => new { user.Email, of.RoleId })
                .Join(db.Roles, of => of.RoleId, role => role.Id, (of, role) => $"{of.Email} {role.Name}").ToListAsync(TestContext.Current.CancellationToken);
            Assert.Equal(DemoSignIn.All.SelectMany(person => person.RoleNames, (person, role) => $"{person.Email} {role}").Order(StringComparer.Ordinal), roles.Order(StringComparer.Ordinal));
        }

        foreach (var host in hosts)
        {
            await host.DisposeAsync();
        }
    }

    private static async Task<(int Code, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(args, output, error);
        return (code, error.ToString().TrimEnd());
    }
}
