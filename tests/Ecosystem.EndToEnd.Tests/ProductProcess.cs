using System.Collections.Concurrent;
using System.Diagnostics;

namespace Ecosystem.EndToEnd.Tests;

/// <summary>The built product as a process of its own, in a data folder of its own, on free ports.</summary>
public sealed class ProductProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Process _process;
    private readonly TaskCompletionSource<string> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _temporal = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ProductProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) =>
        {
            _exited.TrySetResult();
            _address.TrySetException(new InvalidOperationException($"The product ended at its start:\n{Log}"));
            _temporal.TrySetException(new InvalidOperationException($"The product ended at its start:\n{Log}"));
        };
    }

    /// <summary>Where the site is.</summary>
    public string Url => _address.Task.Result;

    /// <summary>Everything it wrote so far.</summary>
    public string Log => string.Join('\n', _lines);

    /// <summary>Exit code once it ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>A new folder for a data folder.</summary>
    public static string NewDataFolder() => Directory.CreateTempSubdirectory("ecosystem-e2e-").FullName;

    /// <summary>Starts it and waits until it listens.</summary>
    public static async Task<ProductProcess> StartAsync(string dataFolder, params (string Key, string Value)[] settings)
    {
        var product = Launch(dataFolder, settings);
        await product._address.Task.WaitAsync(StartLimit);
        return product;
    }

    /// <summary>Starts it without waiting, for starts that must fail.</summary>
    public static ProductProcess Launch(string dataFolder, params (string Key, string Value)[] settings)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Ecosystem.Designer"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = dataFolder,
        };
        start.Environment["Ecosystem__DataDirectory"] = dataFolder;
        start.Environment["Ecosystem__Urls"] = "http://127.0.0.1:0";
        foreach (var (key, value) in settings)
        {
            start.Environment[key] = value;
        }

        var product = new ProductProcess(start);
        product._process.Start();
        product._process.BeginOutputReadLine();
        product._process.BeginErrorReadLine();
        return product;
    }

    /// <summary>Address of its embedded Temporal service.</summary>
    public Task<string> TemporalAddressAsync() => _temporal.Task.WaitAsync(StartLimit);

    /// <summary>Ends it as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await WaitForExitAsync();
    }

    /// <summary>Waits until it ended.</summary>
    public Task WaitForExitAsync() => _exited.Task.WaitAsync(StartLimit);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        _lines.Enqueue(line);
        const string Listens = " listens on ";
        if (line.StartsWith("Ecosystem (", StringComparison.Ordinal) && line.IndexOf(Listens, StringComparison.Ordinal) is > 0 and var at)
        {
            _address.TrySetResult(line[(at + Listens.Length)..].Split(' ')[0]);
        }
        else if (line.StartsWith("Temporal service: ", StringComparison.Ordinal))
        {
            _temporal.TrySetResult(line["Temporal service: ".Length..].Split(' ')[0]);
        }
    }
}
