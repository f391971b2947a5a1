using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ecosystem.Temporal;

/// <summary>The command <c>temporal</c>: the embedded service by itself, and what its operator needs.</summary>
public static class TemporalCommand
{
    private const string Usage = """
        temporal --listen HOST:PORT [--data FILE] …   runs the embedded Temporal service until it is interrupted
          --listen HOST:PORT       address to listen on; port 0 takes any free one (default 127.0.0.1:7233)
          --data FILE              SQLite file that keeps everything; without it everything ends with the process
          --data-limit BYTES       size beyond which the file must not grow
          --namespace NAME         namespace that exists from the start (default: default)
          --retention DAYS         how long that namespace keeps closed workflows, if it is new (default: 1)
          --search-attribute N=T   custom search attribute (T: Text, Keyword, Int, Double, Bool, Datetime, KeywordList); may be repeated
          --tls-cert FILE          certificate (PEM); only TLS is spoken then
          --tls-key FILE           its private key (PEM)
          --api-key-file FILE      file that holds the key every call has to carry
          --operations HOST:PORT   serves /metrics and /health there, on a loopback address
          --suggest-continue-as-new EVENTS   history length from which workers are told to continue as new (default: 4096)
          --time-skipping          the test service may skip time
          Listening beyond loopback needs --tls-cert, --tls-key and --api-key-file.
        temporal backup --data FILE --to FILE   copies the file of a service, which may be running, to a new one
        temporal verify --data FILE             checks the file of a service that does not run; prints what is wrong
        """;

    /// <summary>Runs the command; the service runs until it is cancelled. Prints one line when it listens.</summary>
    /// <param name="args">Arguments after the command's name.</param>
    /// <param name="output">Gets the line that says where the service listens, and what a verification found.</param>
    /// <param name="error">Gets what is wrong.</param>
    /// <param name="cancellationToken">Ends the service.</param>
    /// <returns>The exit code: 0 when it was ended or all is well, 2 for bad arguments, 1 if it could not do it or found something wrong.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(error);
        try
        {
            if (args.Any(arg => arg is "-h" or "--help"))
            {
                await output.WriteLineAsync(Usage);
                return 0;
            }

            return args switch
            {
                ["backup", .. var rest] => await BackupAsync(Values(rest, "--data", "--to"), output),
                ["verify", .. var rest] => await VerifyAsync(Values(rest, "--data"), output, error),
                _ => await ServeAsync(Options(args), output, cancellationToken),
            };
        }
        catch (UsageException e)
        {
            await error.WriteLineAsync($"temporal: {e.Message}");
            await error.WriteLineAsync(Usage);
            return 2;
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException or CryptographicException)
        {
            await error.WriteLineAsync($"temporal: {e.Message}");
            return 1;
        }
    }

    private static async Task<int> ServeAsync(EmbeddedTemporalOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        try
        {
            await using var service = await EmbeddedTemporal.StartAsync(options, cancellationToken);
            await output.WriteLineAsync(
                $"Temporal service listens on {service.Address} ({options.DataFile ?? "in memory"}{(options.Certificate is null ? "" : ", TLS")}{(options.ApiKey is null ? "" : ", API key")}).");
            if (service.OperationsAddress is { } operations)
            {
                await output.WriteLineAsync($"Metrics and health: http://{operations}/metrics http://{operations}/health");
            }

            await output.FlushAsync(CancellationToken.None);
            var ended = new TaskCompletionSource();
            await using var registration = cancellationToken.Register(() => ended.TrySetResult());
            await ended.Task;
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }

        return 0;
    }

    private static async Task<int> BackupAsync(Dictionary<string, string> values, TextWriter output)
    {
        await Task.Run(() => SqliteBackup.Copy(values["--data"], values["--to"]));
        await output.WriteLineAsync($"Copied to {values["--to"]} ({new FileInfo(values["--to"]).Length:N0} bytes).");
        return 0;
    }

    private static async Task<int> VerifyAsync(Dictionary<string, string> values, TextWriter output, TextWriter error)
    {
        var problems = await EmbeddedTemporal.VerifyAsync(values["--data"], (done, all) => error.WriteLine($"{done:N0} of {all:N0}"));
        foreach (var problem in problems)
        {
            await output.WriteLineAsync(problem);
        }

        await output.WriteLineAsync(problems.Count == 0 ? "Nothing is wrong." : $"{problems.Count} problem(s) found.");
        return problems.Count == 0 ? 0 : 1;
    }

    private static EmbeddedTemporalOptions Options(string[] args)
    {
        var options = new EmbeddedTemporalOptions { Listen = "127.0.0.1:7233" };
        var attributes = new Dictionary<string, Temporalio.Api.Enums.V1.IndexedValueType>();
        string? certificate = null;
        string? certificateKey = null;
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--time-skipping")
            {
                options = options with { TimeSkipping = true };
                continue;
            }

            var name = args[i];
            var value = i + 1 < args.Length ? args[++i] : throw new UsageException($"'{name}' is not understood or lacks its value.");
            options = name switch
            {
                "--listen" => options with { Listen = value },
                "--data" => options with { DataFile = value },
                "--data-limit" => options with { MaximumDataFileBytes = Number(name, value, long.MaxValue) },
                "--namespace" => options with { Namespace = value },
                "--retention" => options with { Retention = TimeSpan.FromDays(Number(name, value, 36_500)) },
                "--search-attribute" => With(attributes, value, options),
                "--tls-cert" => Set(ref certificate, value, options),
                "--tls-key" => Set(ref certificateKey, value, options),
                "--api-key-file" => options with { ApiKey = ReadKey(value) },
                "--operations" => options with { OperationsListen = value },
                "--suggest-continue-as-new" => options with { HistoryLimits = options.HistoryLimits with { SuggestContinueAsNewEvents = (int)Number(name, value, int.MaxValue) } },
                _ => throw new UsageException($"'{name}' is not understood."),
            };
        }

        if ((certificate is null) != (certificateKey is null))
        {
            throw new UsageException("--tls-cert and --tls-key belong together.");
        }

        return options with
        {
            SearchAttributes = attributes,
            Certificate = certificate is null ? null : X509Certificate2.CreateFromPemFile(certificate, certificateKey),
        };
    }

    private static EmbeddedTemporalOptions Set(ref string? variable, string value, EmbeddedTemporalOptions options)
    {
        variable = value;
        return options;
    }

    private static EmbeddedTemporalOptions With(
        Dictionary<string, Temporalio.Api.Enums.V1.IndexedValueType> attributes,
        string value,
        EmbeddedTemporalOptions options)
    {
        if (value.Split('=') is not [{ Length: > 0 } name, var type]
            || !Enum.TryParse<Temporalio.Api.Enums.V1.IndexedValueType>(type, ignoreCase: true, out var known)
            || known == Temporalio.Api.Enums.V1.IndexedValueType.Unspecified)
        {
            throw new UsageException($"--search-attribute is '{value}', which is not NAME=TYPE; an example is CustomerId=Keyword.");
        }

        attributes[name] = known;
        return options;
    }

    private static string ReadKey(string file)
    {
        var key = File.ReadAllText(file).Trim();
        return key.Length >= 16 ? key : throw new UsageException($"the key in '{file}' is shorter than 16 characters, too short to be one.");
    }

    private static long Number(string name, string value, long maximum) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= maximum
            ? number
            : throw new UsageException($"{name} is '{value}', which is no whole number from 1 to {maximum}.");

    private static Dictionary<string, string> Values(string[] args, params string[] names)
    {
        var values = new Dictionary<string, string>();
        for (var i = 0; i + 1 < args.Length && names.Contains(args[i]); i += 2)
        {
            values[args[i]] = args[i + 1];
        }

        return args.Length == names.Length * 2 && values.Count == names.Length ? values : throw new UsageException($"this command needs {string.Join(" and ", names)}.");
    }

    private sealed class UsageException(string message) : Exception(message);
}
