namespace Ecosystem.Temporal.Tests.Wire;

/// <summary>Plays every recorded conversation once, many at a time, before the tests look at how each went.</summary>
public abstract class RecordedConversations : IAsyncLifetime
{
    private readonly Dictionary<string, string?> _differences = new(StringComparer.Ordinal);

    /// <summary>The folder of the recordings, or null where the shared data is absent.</summary>
    public static string? Folder { get; } = FindFolder();

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } =
        Folder is null ? [] : [.. Directory.EnumerateFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    /// <summary>Where the service keeps its data; null in memory.</summary>
    protected abstract string? DataFile { get; }

    /// <summary>What differs in a conversation; null where nothing does.</summary>
    public string? DifferencesOf(string name) => _differences[name];

    public async ValueTask InitializeAsync()
    {
        if (Folder is null)
        {
            return;
        }

        await using var service = await EmbeddedTemporal.StartAsync(new EmbeddedTemporalOptions { DataFile = DataFile });
        using var player = new WirePlayer(service.Address);
        foreach (var outcome in await player.PlayAsync(WireScenario.LoadFolder(Folder)))
        {
            _differences[outcome.Scenario.Name] = outcome.Same ? null : outcome.ToString();
        }
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private static string? FindFolder()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var candidate = Path.Combine(folder, "shared", "data", "temporal-wire");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}

public sealed class ConversationsInMemory : RecordedConversations
{
    protected override string? DataFile => null;
}

public sealed class ConversationsOnDisk : RecordedConversations
{
    protected override string? DataFile { get; } = Path.Combine(Directory.CreateTempSubdirectory("wire-").FullName, "temporal.db");
}
