using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Ecosystem.Designer.Hosting;
using Ecosystem.Temporal;
using Ecosystem.Workflows;
using Ecosystem.Workflows.Simulation;
using Ecosystem.Workflows.Storage;

namespace Ecosystem.Designer.Commands;

/// <summary><c>main-job [--data FOLDER]</c>: replays a CRM history through the whole lifecycle, headless and in virtual time.</summary>
internal static class MainJobCommand
{
    private static readonly JsonSerializerOptions Json = new(StoredJson.Options) { WriteIndented = true };

    /// <summary>Runs the command. The summary goes to <paramref name="output"/>, progress to <paramref name="error"/>.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        if (Read(args) is not { } options)
        {
            await error.WriteLineAsync("ecosystem: main-job [--data FOLDER]: FOLDER holds accounts.csv, products.csv, sales_teams.csv and sales_pipeline.csv; without it a history is made up.");
            return 2;
        }

        // The export is read and checked before anything is opened: what cannot be used changes nothing.
        var read = MainJobPlan.Read(options);
        if (!read.TryGet(out var plan))
        {
            return await RefuseAsync(error, read.Refusals);
        }

        var configuration = Configuration();
        var settings = HostSettings.Read(configuration);
        using var data = DataDirectory.Open(settings.DataDirectory, exclusive: true);
        using var stop = new CancellationTokenSource();
        var exitCode = 0;
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            exitCode = signal.Signal == PosixSignal.SIGINT ? 130 : 143;
            stop.Cancel();
        }

        try
        {
            await error.WriteLineAsync($"main-job: {plan.Data.Opportunities.Count} opportunities, {plan.Deals.Count} to be registered, {plan.Partners.Count} partners; data folder {data.Path}");
            return await RunAsync(plan, configuration, data, output, error, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await error.WriteLineAsync("main-job: stopped; run it again to go on.");
            return exitCode;
        }
    }

    private static async Task<int> RunAsync(
        MainJobPlan plan, IConfiguration configuration, DataDirectory data, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var clock = new VirtualClock(DateTimeOffset.UnixEpoch);
        await using var application = MainJobApplication.Build(configuration, data, clock);
        await application.Services.GetRequiredService<DatabaseSchema>().EnsureAsync(cancellationToken);
        var job = application.Services.GetRequiredService<MainJob>();
        var start = await job.StartTimeAsync(plan, cancellationToken);
        if (!start.TryGet(out var from))
        {
            return await RefuseAsync(error, start.Refusals);
        }

        clock.AdvanceTo(from);
        Result<MainJobSummary> result;
        if (await job.IsFinishedAsync(plan, cancellationToken))
        {
            result = await job.RunAsync(plan, null, null, cancellationToken);
        }
        else
        {
            result = await job.RunAsync(plan, await application.StartAsync(cancellationToken), new ProgressLine(error), cancellationToken);
        }

        if (!result.TryGet(out var summary))
        {
            return await RefuseAsync(error, result.Refusals);
        }

        await output.WriteLineAsync(JsonSerializer.Serialize(summary, Json));
        return 0;
    }

    private static MainJobOptions? Read(string[] args) => args switch
    {
        [] => new MainJobOptions(),
        ["--data", { Length: > 0 } folder] => new MainJobOptions { DataFolder = Path.GetFullPath(folder) },
        _ => null,
    };

    private static ConfigurationManager Configuration()
    {
        var configuration = new ConfigurationManager();
        configuration.SetBasePath(AppContext.BaseDirectory).AddJsonFile("appsettings.json", optional: true).AddEnvironmentVariables();
        return configuration;
    }

    private static async Task<int> RefuseAsync(TextWriter error, IReadOnlyList<Refusal> refusals)
    {
        await error.WriteLineAsync($"ecosystem: {refusals[0].Message}{(refusals.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $" ({refusals.Count - 1} more like it)") : "")}");
        return 1;
    }

    private sealed class ProgressLine(TextWriter error) : IProgress<MainJobProgress>
    {
        private int month;

        public void Report(MainJobProgress value)
        {
            if (value.Day.Month != month)
            {
                month = value.Day.Month;
                error.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"main-job: {value.Day:yyyy-MM-dd} {value.Phase} {value.Fraction:P0}: {value.Registered} deals registered, {value.Closed} closed, {value.Tasks} tasks answered"));
            }
        }
    }
}
