using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Ecosystem.Temporal.Tests.Sdk;
using Temporalio.Worker;

namespace Ecosystem.Temporal.Tests.Survival;

/// <summary>
/// Kills the service's process (SIGKILL) at random moments under load, starts it again on its file, and at last checks that nothing
/// acknowledged is lost, nothing is doubled, every workflow ended as undisturbed, and every history agrees with its state.
/// </summary>
internal static class CrashRun
{
    /// <summary>The command <c>crash [--rounds N] [--seed N]</c>.</summary>
    public static async Task<int> CommandAsync(string[] args)
    {
        int Value(string name, int otherwise) => Array.IndexOf(args, name) is var at and >= 0 ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
        var rounds = Value("--rounds", 200);
        var seed = Value("--seed", Random.Shared.Next());
        Console.WriteLine($"seed {seed}, {rounds} rounds");
        var problems = await RunAsync(rounds, seed, (round, line) => Console.WriteLine($"round {round}: {line}"), CancellationToken.None);
        problems.ToList().ForEach(Console.WriteLine);
        Console.WriteLine(problems.Count == 0 ? $"{rounds} kills survived." : $"{problems.Count} problem(s).");
        return problems.Count == 0 ? 0 : 1;
    }

    /// <summary>Runs it.</summary>
    /// <returns>What is wrong, a line each.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(int rounds, int seed, Action<int, string> progress, CancellationToken cancel)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("crash-").FullName, "t.db");
        var address = $"127.0.0.1:{FreePort()}";
        var random = new Random(seed);
        var server = await ServeAsync(address, file);
        try
        {
            var client = await QuietSdk.ConnectAsync(address);
            var load = new CrashLoad(client);
            await load.CreateScheduleAsync();
            using var worker = new TemporalWorker(client, new TemporalWorkerOptions(CrashLoad.Queue)
                .AddWorkflow<OneActivityWorkflow>()
                .AddWorkflow<CounterWorkflow>()
                .AddWorkflow<ParentWorkflow>()
                .AddWorkflow<SleepWorkflow>()
                .AddActivity(OneActivityWorkflow.Double));
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            var working = worker.ExecuteAsync(stop.Token);

            // Where the machine is too busy for every kind of load to be acknowledged in time, more and longer rounds follow, up to as many again.
            for (var round = 0; round < rounds || (round < 2 * rounds && !load.IsOfEveryKind); round++)
            {
                var running = load.RunAsync(round);
                await Task.Delay(random.Next(80, 450) * (1 + (round / rounds)), cancel);
                server.Kill();
                await server.WaitForExitAsync(cancel);
                load.Stop();
                server.Dispose();
                server = await ServeAsync(address, file);
                await running;
                if (round % 10 == 9)
                {
                    progress(round + 1, load.ToString());
                }
            }

            List<string> problems = [.. await load.CheckAsync()];
            await stop.CancelAsync();
            await working.ContinueWith(static _ => { }, TaskScheduler.Default);
            server.Kill();
            await server.WaitForExitAsync(cancel);
            problems.AddRange(await EmbeddedTemporal.VerifyAsync(file));
            progress(rounds, load.ToString());
            return problems;
        }
        finally
        {
            server.Kill();
            server.Dispose();
        }
    }

    private static async Task<Process> ServeAsync(string address, string file)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["serve", "--listen", address, "--data", file])
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync();
        return line is null ? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync()) : process;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
