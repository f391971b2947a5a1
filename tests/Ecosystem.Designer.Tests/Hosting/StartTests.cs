using System.Net;
using System.Net.Sockets;
using Ecosystem.Designer.Hosting;

namespace Ecosystem.Designer.Tests.Hosting;

public sealed class StartTests : IDisposable
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

    private static async Task<(int Code, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(args, output, error);
        return (code, error.ToString().TrimEnd());
    }
}
