using System.Globalization;

namespace Ecosystem.Designer.Hosting;

/// <summary>The host's own configuration, read and checked once at start.</summary>
/// <param name="Role">What this process does (<c>Ecosystem:Role</c>, <c>--role</c>).</param>
/// <param name="DataDirectory">Absolute folder of everything the product stores on disk (<c>Ecosystem:DataDirectory</c>).</param>
/// <param name="Urls">Addresses the site listens on, separated by semicolons (<c>Ecosystem:Urls</c>).</param>
/// <param name="TemporalAddress">Host and port of a Temporal service, or null to start the embedded one (<c>Temporal:Address</c>).</param>
/// <param name="TemporalListen">Where the embedded service listens (<c>Temporal:Listen</c>).</param>
/// <param name="TemporalNamespace">Temporal namespace (<c>Temporal:Namespace</c>).</param>
/// <param name="DatabaseProvider">Sqlite, SqlServer or PostgreSql (<c>Database:Provider</c>).</param>
/// <param name="ConnectionString">Connection of the application's database, null for SQLite in the data folder.</param>
/// <param name="Demo">Whether demo sign-ins are created and printed (<c>Ecosystem:Demo</c>).</param>
/// <param name="StudioFolder">Folder of the Elsa Studio package, or null when it is not installed.</param>
/// <param name="ClockAhead">How far the product's clock runs ahead of the machine's (<c>Ecosystem:ClockAhead</c>); zero outside demos.</param>
internal sealed record HostSettings(
    HostRole Role,
    string DataDirectory,
    string Urls,
    string? TemporalAddress,
    string TemporalListen,
    string TemporalNamespace,
    string DatabaseProvider,
    string? ConnectionString,
    bool Demo,
    string? StudioFolder,
    TimeSpan ClockAhead)
{
    /// <summary>Command-line switches and the configuration keys they stand for.</summary>
    public static readonly IReadOnlyDictionary<string, string> Switches = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["--role"] = "Ecosystem:Role",
        ["--data"] = "Ecosystem:DataDirectory",
        ["--urls"] = "Ecosystem:Urls",
        ["--demo"] = "Ecosystem:Demo",
        ["--temporal"] = "Temporal:Address",
        ["--temporal-listen"] = "Temporal:Listen",
        ["--clock-ahead"] = "Ecosystem:ClockAhead",
    };

    private static readonly string[] Providers = ["Sqlite", "SqlServer", "PostgreSql"];
    private static readonly TimeSpan LongestAhead = TimeSpan.FromDays(3660);

    /// <summary>Whether this process serves the site.</summary>
    public bool ServesSite => Role is HostRole.All or HostRole.Web;

    /// <summary>Whether this process runs workflows and activities.</summary>
    public bool RunsWorker => Role is HostRole.All or HostRole.Worker;

    /// <summary>Whether this process starts the embedded Temporal service.</summary>
    public bool EmbedsTemporal => TemporalAddress is null;

    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="StartupException">A key has a value that cannot work.</exception>
    public static HostSettings Read(IConfiguration configuration)
    {
        var roleText = configuration["Ecosystem:Role"] ?? "all";
        if (!Enum.TryParse<HostRole>(roleText, ignoreCase: true, out var role) || int.TryParse(roleText, out _))
        {
            throw new StartupException($"--role {roleText} is unknown; use web, worker or all.");
        }

        var address = configuration["Temporal:Address"];
        if (role is HostRole.Worker && string.IsNullOrWhiteSpace(address))
        {
            throw new StartupException("--role worker needs Temporal__Address (host:port of the service that the web role prints at its start).");
        }

        var provider = configuration["Database:Provider"] ?? Providers[0];
        if (!Providers.Contains(provider, StringComparer.OrdinalIgnoreCase))
        {
            throw new StartupException($"Database__Provider is \"{provider}\"; use {string.Join(", ", Providers)}.");
        }

        var connection = configuration.GetConnectionString("Ecosystem");
        if (string.IsNullOrWhiteSpace(connection) && !provider.Equals(Providers[0], StringComparison.OrdinalIgnoreCase))
        {
            throw new StartupException($"Database__Provider {provider} needs ConnectionStrings__Ecosystem.");
        }

        var urls = configuration["Ecosystem:Urls"] ?? "http://127.0.0.1:5080";
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Uri.TryCreate(url.Replace("://+", "://localhost", StringComparison.Ordinal).Replace("://*", "://localhost", StringComparison.Ordinal), UriKind.Absolute, out var parsed)
                || parsed.Scheme is not ("http" or "https"))
            {
                throw new StartupException($"Ecosystem__Urls: \"{url}\" is not an address such as http://127.0.0.1:5080.");
            }
        }

        var demo = ReadDemo(configuration["Ecosystem:Demo"], urls);
        return new HostSettings(
            role,
            Path.GetFullPath(configuration["Ecosystem:DataDirectory"] ?? "data"),
            urls,
            string.IsNullOrWhiteSpace(address) ? null : address,
            configuration["Temporal:Listen"] is { Length: > 0 } listen ? listen : "127.0.0.1:0",
            configuration["Temporal:Namespace"] is { Length: > 0 } ns ? ns : "default",
            provider,
            string.IsNullOrWhiteSpace(connection) ? null : connection,
            demo,
            FindStudio(configuration["Ecosystem:Studio"]),
            ReadClockAhead(configuration["Ecosystem:ClockAhead"], demo));
    }

    // A clock that can be set would undo every hold and deadline, so real money never sees one.
    private static TimeSpan ReadClockAhead(string? text, bool demo)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return TimeSpan.Zero;
        }

        if (!TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var ahead) || ahead < TimeSpan.Zero || ahead > LongestAhead)
        {
            throw new StartupException($"Ecosystem__ClockAhead is \"{text}\"; give days and time such as 40.00:00:00, up to {LongestAhead.Days} days.");
        }

        return demo || ahead == TimeSpan.Zero
            ? ahead
            : throw new StartupException("Ecosystem__ClockAhead is for demos only: it needs Ecosystem__Demo=true.");
    }

    // Well-known passwords never reach a network by default: without an explicit choice they exist on loopback only.
    private static bool ReadDemo(string? text, string urls)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return urls.Split(';', StringSplitOptions.RemoveEmptyEntries)
                .All(url => Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.IsLoopback);
        }

        return bool.TryParse(text, out var demo)
            ? demo
            : throw new StartupException($"Ecosystem__Demo is \"{text}\"; use true or false.");
    }

    private static string? FindStudio(string? configured)
    {
        if (!string.IsNullOrWhiteSpace(configured))
        {
            return Directory.Exists(configured)
                ? Path.GetFullPath(configured)
                : throw new StartupException($"Ecosystem__Studio: the folder {configured} does not exist.");
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "node_modules", "@elsa-workflows", "elsa-studio-wasm");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
