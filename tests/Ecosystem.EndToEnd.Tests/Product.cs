using System.Globalization;

namespace Ecosystem.EndToEnd.Tests;

/// <summary>The running product: one process on one data folder, or web and worker as two, with a database server also as on two machines.</summary>
public sealed class Product : IAsyncDisposable
{
    private readonly string _data = ProductProcess.NewDataFolder();
    private readonly string _workerData;
    private readonly bool _split;
    private readonly (string Key, string Value)[] _settings;
    private TaskCompletionSource<string> _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ProductProcess? _web;
    private ProductProcess? _worker;

    private Product(bool split, string? postgreSql)
    {
        _split = split;
        _settings = postgreSql is null ? [] : [("Database__Provider", "PostgreSql"), ("ConnectionStrings__Ecosystem", postgreSql)];
        _workerData = postgreSql is null ? _data : ProductProcess.NewDataFolder();
    }

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
    /// <param name="postgreSql">The database to use instead of files; web and worker then have no folder in common.</param>
    public static async Task<Product> StartAsync(bool split = false, string? postgreSql = null)
    {
        var product = new Product(split, postgreSql);
        await product.StartAgainAsync();
        return product;
    }

    /// <summary>Starts its processes on its data folder.</summary>
    /// <param name="clockAhead">How many days its clock runs ahead.</param>
    public async Task StartAgainAsync(int clockAhead = 0)
    {
        var ahead = ("Ecosystem__ClockAhead", TimeSpan.FromDays(clockAhead).ToString("c", CultureInfo.InvariantCulture));
        _web = await ProductProcess.StartAsync(_data, [ahead, ("Ecosystem__Role", _split ? "web" : "all"), .. _settings]);
        if (_split)
        {
            _worker = await ProductProcess.StartAsync(_workerData, [ahead, ("Ecosystem__Role", "worker"), ("Temporal__Address", await _web.TemporalAddressAsync()), .. _settings]);
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
        if (_workerData != _data)
        {
            Directory.Delete(_workerData, recursive: true);
        }
    }
}
