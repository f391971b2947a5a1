namespace Ecosystem.Temporal;

/// <summary>The command <c>temporal</c>: the embedded service by itself.</summary>
public static class TemporalCommand
{
    private const string Usage = """
        temporal --listen HOST:PORT [--data FILE] [--namespace NAME] [--allow-non-loopback] [--time-skipping]
          Runs the embedded Temporal service until it is interrupted.
          --listen              address to listen on; port 0 takes any free one (default 127.0.0.1:7233)
          --data                SQLite file that keeps everything; without it everything ends with the process
          --namespace           namespace that exists from the start (default: default)
          --allow-non-loopback  lets other machines connect
          --time-skipping       the test service may skip time
        """;

    /// <summary>Runs the service until it is cancelled. Prints one line when it listens.</summary>
    /// <param name="args">Arguments after the command's name.</param>
    /// <param name="output">Gets the line that says where the service listens.</param>
    /// <param name="error">Gets what is wrong.</param>
    /// <param name="cancellationToken">Ends the service.</param>
    /// <returns>The exit code: 0 when it was ended, 2 for bad arguments, 1 if it could not start.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(error);
        var options = new EmbeddedTemporalOptions { Listen = "127.0.0.1:7233" };
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "-h" or "--help":
                    await output.WriteLineAsync(Usage);
                    return 0;
                case "--allow-non-loopback":
                    options = options with { AllowNonLoopback = true };
                    break;
                case "--time-skipping":
                    options = options with { TimeSkipping = true };
                    break;
                case "--listen" or "--data" or "--namespace" when i + 1 < args.Length:
                    var value = args[i + 1];
                    options = args[i] switch
                    {
                        "--listen" => options with { Listen = value },
                        "--data" => options with { DataFile = value },
                        _ => options with { Namespace = value },
                    };
                    i++;
                    break;
                default:
                    await error.WriteLineAsync($"temporal: '{args[i]}' is not understood or lacks its value.");
                    await error.WriteLineAsync(Usage);
                    return 2;
            }
        }

        try
        {
            await using var service = await EmbeddedTemporal.StartAsync(options, cancellationToken);
            await output.WriteLineAsync($"Temporal service listens on {service.Address} ({(options.DataFile is null ? "in memory" : options.DataFile)}).");
            await output.FlushAsync(CancellationToken.None);
            var ended = new TaskCompletionSource();
            await using var registration = cancellationToken.Register(() => ended.TrySetResult());
            await ended.Task;
            return 0;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
        catch (Exception e) when (e is ArgumentException or IOException or StoreException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"temporal: {e.Message}");
            return 1;
        }
    }
}
