namespace Ecosystem.Temporal.Tests.Wire;

/// <summary><c>wire FOLDER [--address HOST:PORT | --data FILE]</c>: plays a folder of recorded conversations, a line for each.</summary>
internal static class WireCommand
{
    private const string Usage = "usage: wire FOLDER [--address HOST:PORT | --data FILE]";

    public static async Task<int> RunAsync(string[] args)
    {
        string? folder = null;
        string? address = null;
        string? data = null;
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--address" when i + 1 < args.Length:
                    address = args[++i];
                    break;
                case "--data" when i + 1 < args.Length:
                    data = args[++i];
                    break;
                case var path when folder is null && !path.StartsWith('-'):
                    folder = path;
                    break;
                default:
                    return Refuse($"'{args[i]}' is not understood.");
            }
        }

        if (folder is null || !Directory.Exists(folder))
        {
            return Refuse(folder is null ? "No folder is given." : $"The folder '{folder}' does not exist.");
        }

        var scenarios = WireScenario.LoadFolder(folder);
        if (address is not null)
        {
            return await PlayAsync(scenarios, address);
        }

        await using var service = await EmbeddedTemporal.StartAsync(new EmbeddedTemporalOptions { DataFile = data });
        return await PlayAsync(scenarios, service.Address);
    }

    private static async Task<int> PlayAsync(IReadOnlyList<WireScenario> scenarios, string address)
    {
        using var player = new WirePlayer(address);
        var outcomes = await player.PlayAsync(scenarios, outcome => Console.WriteLine(outcome));
        var failed = outcomes.Count(outcome => !outcome.Same);
        Console.WriteLine($"{outcomes.Sum(outcome => outcome.UnknownFields)} recorded fields are unknown to the pinned protos and were left out");
        Console.WriteLine($"{outcomes.Count - failed} passed, {failed} failed, 0 skipped");
        return failed == 0 ? 0 : 1;
    }

    private static int Refuse(string reason)
    {
        Console.Error.WriteLine($"{reason}\n{Usage}");
        return 2;
    }
}
