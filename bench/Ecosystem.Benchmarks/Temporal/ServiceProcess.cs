using System.Diagnostics;

namespace Ecosystem.Benchmarks.Temporal;

/// <summary>The embedded service in a process of its own, so that its share of CPU and memory can be told from the SDK's.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServiceProcess(Process process, string address, TimeSpan ready)
    {
        _process = process;
        Address = address;
        Ready = ready;
    }

    public string Address { get; }

    /// <summary>Time from the start of the process until it listened.</summary>
    public TimeSpan Ready { get; }

    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Resident memory in MB.</summary>
    public double Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    public static async Task<ServiceProcess> StartAsync(string? file)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        foreach (var argument in (string[])["serve-temporal", "--listen", "127.0.0.1:0", .. file is null ? Array.Empty<string>() : ["--data", file]])
        {
            start.ArgumentList.Add(argument);
        }

        var watch = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The service did not start.");
        return new ServiceProcess(process, line.Split("listens on ")[1].Split(' ')[0], watch.Elapsed);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
