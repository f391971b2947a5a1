using System.Globalization;

namespace Ecosystem.EndToEnd.Tests;

/// <summary>The running product on one data folder: one process, or web and worker as two.</summary>
public sealed class Product : IAsyncDisposable
{
    private readonly string _data = ProductProcess.NewDataFolder();
    private readonly bool _split;
    private TaskCompletionSource<string> _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ProductProcess? _web;
    private ProductProcess? _worker;

    private Product(bool split) => _split = split;

    /// <summary>Where the site is; another place after every start.</summary>
    public string Url => _web!.Url;

    /// <summary>Where the site is, as soon as it is up again.</summary>
    public Task<string> UpAsync() => _up.Task;

    /// <summary>Its data folder.</summary>
    public string DataFolder => _data;

    /// <summary>Everything its processes wrote since the last start.</summary>
    public string Log => $"{_web?.Log}\n{_worker?.Log}";

    /// <summary>Starts it on a new data folder.</summary>
    /// <param name="split">Whether web and worker are two processes, the worker on the network address of the web process's embedded Temporal service.</param>
    public static async Task<Product> StartAsync(bool split = false)
    {
        var product = new Product(split);
        await product.StartAgainAsync();
        return product;
    }

    /// <summary>Starts its processes on its data folder.</summary>
    /// <param name="clockAhead">How many days its clock runs ahead.</param>
    public async Task StartAgainAsync(int clockAhead = 0)
    {
        var ahead = ("Ecosystem__ClockAhead", TimeSpan.FromDays(clockAhead).ToString("c", CultureInfo.InvariantCulture));
        _web = await ProductProcess.StartAsync(_data, ahead, ("Ecosystem__Role", _split ? "web" : "all"));
        if (_split)
        {
            _worker = await ProductProcess.StartAsync(_data, ahead, ("Ecosystem__Role", "worker"), ("Temporal__Address", await _web.TemporalAddressAsync()));
        }

        _up.SetResult(_web.Url);
    }

    /// <summary>Ends its processes as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        _up = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        foreach (var process in new[] { _worker, _web })
        {
            if (process is not null)
            {
                await process.DisposeAsync();
            }
        }

        _web = _worker = null;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_data, recursive: true);
    }
}
