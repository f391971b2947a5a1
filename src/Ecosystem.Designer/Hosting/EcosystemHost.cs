using Ecosystem.Designer.Api;
using Ecosystem.Designer.Identity;
using Ecosystem.Designer.Layout;
using Ecosystem.Rules.Rulesets;
using Ecosystem.Temporal;
using Ecosystem.Workflows;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Storage;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Serilog;
using Serilog.Events;

namespace Ecosystem.Designer.Hosting;

/// <summary>The composed application: what the process runs and what tests start.</summary>
internal sealed class EcosystemHost : IAsyncDisposable
{
    private readonly DataDirectory _data;
    private readonly EmbeddedTemporal? _temporal;

    private EcosystemHost(WebApplication app, HostSettings settings, DataDirectory data, EmbeddedTemporal? temporal)
    {
        App = app;
        Settings = settings;
        _data = data;
        _temporal = temporal;
    }

    /// <summary>The web application.</summary>
    public WebApplication App { get; }

    /// <summary>The settings it was built from.</summary>
    public HostSettings Settings { get; }

    /// <summary>The addresses it listens on, once started.</summary>
    public IReadOnlyCollection<string> Addresses =>
        [.. App.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];

    /// <summary>Builds it; nothing is served yet.</summary>
    /// <param name="args">Command-line switches (see <see cref="HostSettings.Switches"/>).</param>
    /// <param name="overrides">Configuration that wins over everything else, for tests.</param>
    /// <param name="configure">Replaces services, for tests.</param>
    /// <exception cref="StartupException">The configuration or the data folder cannot work.</exception>
    public static async Task<EcosystemHost> BuildAsync(
        string[] args, IReadOnlyDictionary<string, string?>? overrides = null, Action<IServiceCollection>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(EcosystemHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        AddSwitches(builder.Configuration, args);
        builder.Configuration.AddInMemoryCollection(overrides ?? new Dictionary<string, string?>());
        var settings = HostSettings.Read(builder.Configuration);
        var data = DataDirectory.Open(settings.DataDirectory, exclusive: settings.Role is not HostRole.Worker);
        var clock = settings.ClockAhead > TimeSpan.Zero ? new ClockAhead(settings.ClockAhead) : TimeProvider.System;

        // Most of a start is spent in code that runs for the first time, so what does not need each other starts side by side.
        var temporal = Task.Run(() => TemporalSetup.StartEmbeddedAsync(settings, data, clock));
        var client = Task.Run(async () => await TemporalSetup.ConnectAsync(settings, (await temporal)?.Address ?? settings.TemporalAddress!));
        try
        {
            builder.WebHost.UseUrls(settings.Urls);
            builder.WebHost.UseStaticWebAssets();
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
            AddLogging(builder);
            builder.Configuration.AddInMemoryCollection(Defaults(builder.Configuration, settings, data));
            builder.Services.AddSingleton(settings);
            builder.Services.AddSingleton(data);
            builder.Services.AddSingleton(clock);
            builder.Services.AddEcosystemWorkflows(builder.Configuration);
            builder.Services.AddTelemetry();
            builder.Services.AddTemporal(settings, client);
            builder.Services.AddEcosystemIdentity(settings, data);
            if (settings.ServesSite)
            {
                builder.Services.AddRecurringWork(StorageOptions.From(builder.Configuration), data);
                builder.Services.AddApi();
                builder.Services.AddSite();
            }

            configure?.Invoke(builder.Services);
            var app = builder.Build();
            app.MapTelemetry();
            if (settings.ServesSite)
            {
                app.UseSite();
                app.MapApi();
                app.MapSite();
            }

            var rulesets = Task.Run(() => LoadRulesets(app));
            await app.Services.GetRequiredService<DatabaseSchema>().EnsureAsync();
            await rulesets;
            await SeedAsync(app);
            await using (var scope = app.Services.CreateAsyncScope())
            {
                await scope.ServiceProvider.GetRequiredService<SignInSeed>().RunAsync(settings.Demo, CancellationToken.None);
            }

            await client;
            return new EcosystemHost(app, settings, data, await temporal);
        }
        catch
        {
            await StopAsync(temporal, client);
            data.Dispose();
            throw;
        }
    }

    /// <summary>Starts serving.</summary>
    public Task StartAsync() => App.StartAsync();

    /// <summary>Waits until the process is asked to stop.</summary>
    public Task RunUntilStoppedAsync() => App.WaitForShutdownAsync();

    /// <summary>Prints where it listens and, in demo mode, who may sign in.</summary>
    public async Task AnnounceAsync(TextWriter output)
    {
        await output.WriteLineAsync($"Ecosystem ({Settings.Role.ToString().ToLowerInvariant()}) listens on {string.Join(" ", Addresses)}");
        await output.WriteLineAsync($"Temporal service: {_temporal?.Address ?? Settings.TemporalAddress} ({(_temporal is null ? "external" : "embedded")})");
        await output.WriteLineAsync($"Data folder: {Settings.DataDirectory}");
        if (Settings.ClockAhead > TimeSpan.Zero)
        {
            await output.WriteLineAsync($"Demo clock: {App.Services.GetRequiredService<TimeProvider>().GetUtcNow():yyyy-MM-dd HH:mm} UTC, {Settings.ClockAhead.TotalDays:0.#} days ahead");
        }

        if (Settings.ServesSite && Settings.Demo)
        {
            await output.WriteLineAsync($"Demo sign-ins (password {DemoSignIn.Password}; Ecosystem__Demo=false leaves them out):");
            foreach (var person in DemoSignIn.All)
            {
                await output.WriteLineAsync($"  {person.Email,-22} {string.Join(", ", person.RoleNames),-9} {person.Does}");
            }
        }

        await output.FlushAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        // The scheduler's threads end only when it is stopped; what never started would be waited for in vain.
        if (App.Lifetime.ApplicationStarted.IsCancellationRequested && !App.Lifetime.ApplicationStopped.IsCancellationRequested)
        {
            await App.StopAsync();
        }

        await App.DisposeAsync();
        if (_temporal is not null)
        {
            await _temporal.DisposeAsync();
        }

        _data.Dispose();
    }

    // Rooms read the absolute data folder; mail that nobody set up a server for is put there, so that it can be looked at.
    private static Dictionary<string, string?> Defaults(ConfigurationManager configuration, HostSettings settings, DataDirectory data)
    {
        var defaults = new Dictionary<string, string?> { ["Ecosystem:DataDirectory"] = settings.DataDirectory };
        if (string.IsNullOrWhiteSpace(configuration["Mail:Host"]) && string.IsNullOrWhiteSpace(configuration["Mail:Folder"]))
        {
            defaults["Mail:Folder"] = data.Locate("mail");
        }

        if (string.IsNullOrWhiteSpace(configuration["Webhooks:AllowPrivateNetworks"]))
        {
            defaults["Webhooks:AllowPrivateNetworks"] = settings.Demo.ToString();
        }

        return defaults;
    }

    private static async Task SeedAsync(WebApplication app)
    {
        var folder = app.Configuration["Ecosystem:WorkflowDefinitions"] is { Length: > 0 } configured
            ? configured
            : Path.Combine(AppContext.BaseDirectory, "workflow-definitions");
        try
        {
            await app.Services.GetRequiredService<DefinitionService>().SeedAsync(folder);
        }
        catch (Exception error) when (error is DefinitionException or IOException)
        {
            throw new StartupException($"The workflow definitions in {folder} cannot be used: {error.Message}", error);
        }
    }

    private static void LoadRulesets(WebApplication app)
    {
        try
        {
            _ = app.Services.GetRequiredService<RulesetLibrary>();
        }
        catch (Exception error) when (error is RulesetException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            throw new StartupException($"The rulesets cannot be used: {error.Message}", error);
        }
    }

    private static async Task StopAsync(Task<EmbeddedTemporal?> temporal, Task client)
    {
        await ((Task)temporal).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await client.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (temporal.IsCompletedSuccessfully && await temporal is { } service)
        {
            await service.DisposeAsync();
        }
    }

    private static void AddSwitches(ConfigurationManager configuration, string[] args)
    {
        for (var i = 0; i < args.Length; i += 2)
        {
            if (!HostSettings.Switches.ContainsKey(args[i]))
            {
                throw new StartupException($"The switch {args[i]} is unknown; use {string.Join(", ", HostSettings.Switches.Keys)}.");
            }

            if (i + 1 == args.Length)
            {
                throw new StartupException($"The switch {args[i]} needs a value.");
            }
        }

        configuration.AddCommandLine(args, HostSettings.Switches.ToDictionary(pair => pair.Key, pair => pair.Value));
    }

    private static void AddLogging(WebApplicationBuilder builder) => builder.Services.AddSerilog((_, log) => log
        .ReadFrom.Configuration(builder.Configuration)
        .Enrich.FromLogContext()
        .WriteTo.Console(
            outputTemplate: "{Timestamp:HH:mm:ss} {Level:u3} {SourceContext} {Message:lj}{NewLine}{Exception}",
            formatProvider: System.Globalization.CultureInfo.InvariantCulture,
            standardErrorFromLevel: LogEventLevel.Verbose));
}
