using System.Globalization;
using System.Text.Json;
using Ecosystem.Designer.Hosting;
using Ecosystem.Workflows;
using Ecosystem.Workflows.Storage;
using Ecosystem.Workflows.Verification;

namespace Ecosystem.Designer.Commands;

/// <summary><c>verify [--data FOLDER] [--json]</c>: recomputes ledger, decisions, statements and audit chain of a data folder. Changes nothing.</summary>
internal static class VerifyCommand
{
    private static readonly JsonSerializerOptions Json = new(StoredJson.Options) { WriteIndented = true };

    /// <summary>Runs the command; 0 when everything fits, 1 when something does not.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var json = args.Contains("--json", StringComparer.Ordinal);
        string[] rest = [.. args.Where(arg => arg != "--json")];
        if (rest is not ([] or ["--data", { Length: > 0 }]))
        {
            await error.WriteLineAsync("ecosystem: verify [--data FOLDER] [--json]: FOLDER is a data folder of this product.");
            return 2;
        }

        var configuration = new ConfigurationManager();
        configuration.SetBasePath(AppContext.BaseDirectory).AddJsonFile("appsettings.json", optional: true).AddEnvironmentVariables();
        if (rest is ["--data", var folder])
        {
            configuration.AddInMemoryCollection([new("Ecosystem:DataDirectory", Path.GetFullPath(folder))]);
        }

        var settings = HostSettings.Read(configuration);
        if (settings.ConnectionString is null && !File.Exists(Path.Combine(settings.DataDirectory, "ecosystem.db")))
        {
            throw new StartupException($"There is nothing to verify: {settings.DataDirectory} holds no ecosystem.db.");
        }

        configuration.AddInMemoryCollection([new("Ecosystem:DataDirectory", settings.DataDirectory)]);
        await using var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System)
            .AddEcosystemWorkflows(configuration).BuildServiceProvider();
        var report = await services.GetRequiredService<Verifier>().RunAsync();
        if (json)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(new { sound = report.IsSound, report.Checks, report.Findings }, Json));
        }
        else
        {
            foreach (var check in report.Checks)
            {
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{(check.Wrong == 0 ? "ok   " : "WRONG")} {check.Check}: {check.Examined} examined, {check.Wrong} wrong"));
            }

            foreach (var finding in report.Findings)
            {
                await output.WriteLineAsync($"  {finding.Check}: {finding.What}");
            }
        }

        return report.IsSound ? 0 : 1;
    }
}
