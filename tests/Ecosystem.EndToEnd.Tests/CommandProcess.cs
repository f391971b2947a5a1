using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Ecosystem.EndToEnd.Tests;

/// <summary>A command of the built product as a process of its own, over a data folder.</summary>
public sealed class CommandProcess : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly SemaphoreSlim _lines = new(0);
    private readonly Process _process;
    private readonly Task<string> _output;

    private CommandProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { Length: > 0 } text)
            {
                _errors.Enqueue(text);
                _lines.Release();
            }
        };
        _process.Start();
        _process.BeginErrorReadLine();
        _output = _process.StandardOutput.ReadToEndAsync();
    }

    /// <summary>What it wrote to standard error so far.</summary>
    public IReadOnlyList<string> Errors => [.. _errors];

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Starts a command.</summary>
    /// <param name="dataFolder">The data folder, which need not exist.</param>
    /// <param name="arguments">The command and what follows it.</param>
    public static CommandProcess Start(string dataFolder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Ecosystem.Designer"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["Ecosystem__DataDirectory"] = dataFolder;
        return new CommandProcess(start);
    }

    /// <summary>Waits for the next line on standard error, or the end.</summary>
    public Task SaysAsync() => Task.WhenAny(_lines.WaitAsync(), _process.WaitForExitAsync()).WaitAsync(Limit);

    /// <summary>Lets it go on for a while, then ends it as <c>kill -9</c> does.</summary>
    /// <returns>False when it had ended by itself before.</returns>
    public async Task<bool> KillAfterAsync(TimeSpan delay)
    {
        using var end = new CancellationTokenSource(delay);
        try
        {
            await _process.WaitForExitAsync(end.Token);
            return false;
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            return true;
        }
    }

    /// <summary>Asks it to end, as service managers and containers do.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Exit code and standard output.</returns>
    public async Task<(int ExitCode, string Output)> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Limit);
        return (_process.ExitCode, await _output);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _lines.Dispose();
    }
}
