using Ecosystem.Designer.Commands;
using Ecosystem.Rules.Rulesets;
using Ecosystem.Temporal;
using Ecosystem.Workflows.Definitions;
using Microsoft.AspNetCore.Connections;

namespace Ecosystem.Designer.Hosting;

/// <summary>The one binary's commands. Results go to standard output, progress and logs to standard error.</summary>
internal static class CommandLine
{
    private const string Help = """
        run.sh [--role web|worker|all] [--data FOLDER] [--urls URLS]   starts everything, prints the URL and demo sign-ins
        run.sh main-job [--data FOLDER]                                 imports CRM data, drives the whole lifecycle in virtual time
        run.sh temporal --listen HOST:PORT [--data FILE]                only the embedded Temporal service
        run.sh definitions check FILE…                                  checks workflow definitions
        run.sh definitions run FILE [--with FILE…] [--input JSON] [--answers FILE]
        run.sh rulesets check|test|diff|impact|convert|evaluate|tck …   checks, tests and evaluates rulesets
        run.sh verify [--data FOLDER]                                   recomputes ledger, decisions, statements and audit chain

        Settings: Ecosystem__DataDirectory, Ecosystem__Urls, Ecosystem__Role, Ecosystem__Demo, Ecosystem__ClockAhead (demo only: days.hh:mm:ss), Database__Provider, ConnectionStrings__Ecosystem,
        Temporal__Address (empty: embedded), Temporal__Listen.
        """;

    /// <summary>Runs a command, or serves when none is named.</summary>
    /// <returns>The exit code: 0 only on success.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var command = args is [{ } first, ..] && !first.StartsWith('-') ? first : "serve";
        var rest = command == "serve" && args is not ["serve", ..] ? args : args[1..];
        if (args is ["--help" or "-h", ..])
        {
            command = "help";
        }

        try
        {
            switch (command)
            {
                case "serve":
                    return await ServeAsync(rest, output, error);
                case "temporal":
                    return await TemporalCommand.RunAsync(rest, output, error);
                case "rulesets":
                    return await RulesetCommands.RunAsync(rest, output, error);
                case "main-job":
                    return await MainJobCommand.RunAsync(rest, output, error);
                case "verify":
                    return await VerifyCommand.RunAsync(rest, output, error);
                case "definitions":
                    return await DefinitionCommands.RunAsync(rest, output, error);
                case "help":
                    await output.WriteLineAsync(Help);
                    return 0;
                default:
                    await error.WriteLineAsync($"ecosystem: there is no command \"{command}\".");
                    await error.WriteLineAsync(Help);
                    return 2;
            }
        }
        catch (StartupException startup)
        {
            await error.WriteLineAsync($"ecosystem: {startup.Message}");
            return 1;
        }
    }

    private static async Task<int> ServeAsync(string[] args, TextWriter output, TextWriter error)
    {
        await using var host = await EcosystemHost.BuildAsync(args);
        try
        {
            await host.StartAsync();
        }
        catch (IOException failure) when (failure.InnerException is AddressInUseException)
        {
            throw new StartupException(
                $"{host.Settings.Urls} cannot be used: another program listens there. Stop it, or choose another address with Ecosystem__Urls.", failure);
        }

        await host.AnnounceAsync(output);
        await host.RunUntilStoppedAsync();
        await error.WriteLineAsync("ecosystem: stopped");
        return 0;
    }
}
